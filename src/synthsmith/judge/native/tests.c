/* The zygote's side: a fresh process for each input, limited, watched, reaped, reported. */
#define _GNU_SOURCE
#include "judge.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Replies wait here so that a batch costs the judge few wake-ups. No test inherits it: what one
 * test wrote must not be found in the memory of the next. */
enum { QUEUE_BYTES = 1 << 18 };
static char *queue;
static size_t queued;
static uint64_t flushed_at;
static const uint64_t FLUSH_NS = 20000000; /* what a lost worker may cost in work done twice */

/* Address space above the memory limit where no cgroup counts pages: stacks of threads are
 * reserved in full but seldom used. */
static const uint64_t ADDRESS_SLACK = (uint64_t)768 << 20;

/* Set by a test that has everything in place, just before it lets go of this page. */
static volatile char *prepared;

static uint64_t clock_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static void flush(void) {
    send_bytes(queue, queued);
    queued = 0;
    flushed_at = clock_ns();
}

static void enqueue(const void *data, size_t size) {
    if (queued + size > QUEUE_BYTES) flush();
    memcpy(queue + queued, data, size);
    queued += size;
}

/* Read into the queue directly: no copy is left where the next test could find it. */
static void enqueue_file(int fd, off_t from, off_t end) {
    while (from < end) {
        if (queued == QUEUE_BYTES) flush();
        size_t want = QUEUE_BYTES - queued;
        if ((uint64_t)(end - from) < want) want = (size_t)(end - from);
        ssize_t n = pread(fd, queue + queued, want, from);
        if (n <= 0) fault("reading a test's output");
        queued += (size_t)n;
        from += n;
    }
}

void set_limit(int kind, uint64_t value) {
    struct rlimit limit = {value, value};
    if (setrlimit(kind, &limit)) _exit(125);
}

static uint64_t cpu_of(pid_t pid) {
    struct timespec t;
    clockid_t id;
    if (clock_getcpuclockid(pid, &id) || clock_gettime(id, &t)) return 0;
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static uint64_t ns_of(struct timeval t) {
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_usec * 1000u;
}

/* Waits for a child, killing it when it has used its CPU or wall time. Naps halve towards the
 * limit, since several threads use CPU faster than time passes. */
int wait_limited(pid_t pid, const struct job *job, struct reply *result) {
    const uint64_t start = clock_ns(), finest = 500000;
    int handle = (int)syscall(SYS_pidfd_open, pid, 0), status;
    if (handle < 0) return -1;
    struct pollfd ended = {handle, POLLIN, 0};
    uint64_t cpu = 0, wall = 0;
    while (!result->flags) {
        uint64_t left = (job->cpu_ns - cpu) / 2 + finest, wall_left = job->wall_ns - wall;
        if (left > wall_left) left = wall_left + finest;
        struct timespec nap = {(time_t)(left / 1000000000u), (long)(left % 1000000000u)};
        if (ppoll(&ended, 1, &nap, NULL) > 0) break;
        cpu = cpu_of(pid);
        wall = clock_ns() - start;
        if (cpu >= job->cpu_ns) result->flags |= KILLED_CPU;
        else if (wall >= job->wall_ns) result->flags |= KILLED_WALL;
    }
    if (result->flags) kill(pid, SIGKILL);
    close(handle);
    struct rusage usage;
    while (wait4(pid, &status, 0, &usage) < 0)
        if (errno != EINTR) return -1;
    result->status = status;
    result->wall_ns = clock_ns() - start;
    result->cpu_ns = ns_of(usage.ru_utime) + ns_of(usage.ru_stime);
    result->memory_kb = (uint64_t)usage.ru_maxrss;
    return 0;
}

static void set_capabilities(uint32_t bits) {
    struct __user_cap_header_struct head = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct data[2] = {{bits, bits, bits}, {0, 0, 0}};
    if (syscall(SYS_capset, &head, data)) _exit(125);
}

/* Everything a process needs to lose before it may run what others wrote. */
void drop_privileges(void) {
    if (jail.read_all) prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0);
    if (jail.drop_uid &&
        (setgroups(0, NULL) || setresgid(jail.uid, jail.uid, jail.uid) ||
         setresuid(jail.uid, jail.uid, jail.uid)))
        _exit(125);
    set_capabilities(jail.read_all ? 1u << CAP_DAC_READ_SEARCH : 0);
    if (jail.read_all && prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_DAC_READ_SEARCH, 0, 0))
        _exit(125);
    /* The kernel forgets this when the user changes, and only a pid namespace makes it needless. */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_DUMPABLE, 0);
}

struct streams {
    int in, out, err;
};

static void become_test(struct received *work, struct streams io, int may_exec) {
    const struct job *job = &work->job;
    int function = job->flags & JOB_FUNCTION, kept = 3;
    if (function) {
        dup2(io.out, RESULT_FD);
        kept = RESULT_FD + 1;
    }
    dup2(io.in, 0);
    dup2(function ? io.err : io.out, 1);
    dup2(io.err, 2);
    if (may_exec) {
        close(CONTROL_FD);
        if (work->program != PROGRAM_FD && dup3(work->program, PROGRAM_FD, O_CLOEXEC) < 0)
            _exit(125);
        kept = PROGRAM_FD + 1;
    }
    if (close_range((unsigned)kept, ~0u, 0)) _exit(125);
    if (job->files && chdir(jail.box)) _exit(125);
    setpgid(0, 0); /* not a session: the kernel schedules each apart, at a cost under load */
    set_limit(RLIMIT_FSIZE, job->output + 1);
    if (!jail.memory_group) set_limit(RLIMIT_AS, job->memory + ADDRESS_SLACK);
    drop_privileges();
    *prepared = 1;
    if (!may_exec) munmap((void *)(uintptr_t)prepared, 1);
    if (filter_test(getpid(), jail.namespaces && jail.drop_uid)) _exit(125);
}

static int new_file(void) {
    int fd = memfd_create("stream", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (fd < 0) fault("making a stream");
    return fd;
}

static int input_file(int inputs, uint64_t from, uint64_t to) {
    int fd = new_file();
    off_t at = (off_t)from;
    while ((uint64_t)at < to)
        if (sendfile(fd, inputs, &at, (size_t)(to - (uint64_t)at)) <= 0)
            fault("writing a test's input");
    if (to > from && lseek(fd, 0, SEEK_SET)) fault("writing a test's input");
    fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL);
    return fd;
}

/* Queues the verdict with the output of a clean exit, else with the end of its complaints. */
static void report(struct reply *result, struct streams io, uint64_t limit) {
    struct stat out, err;
    if (fstat(io.out, &out) || fstat(io.err, &err)) fault("reading a test's output");
    if ((uint64_t)out.st_size > limit || (uint64_t)err.st_size > limit)
        result->flags |= OVER_OUTPUT;
    int clean = result->status == 0 && !result->flags, fd = clean ? io.out : io.err;
    off_t size = clean ? out.st_size : err.st_size, from = 0;
    if (!clean && size > DETAIL_BYTES) from = size - DETAIL_BYTES;
    result->bytes = (uint64_t)(size - from);
    enqueue(result, sizeof *result);
    enqueue_file(fd, from, size);
}

static void *map_memory(size_t size, int flags) {
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, flags | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) fault("mapping memory");
    return memory;
}

/* For a checker, job.text holds its arguments. */
static void execute_program(const struct received *work) {
    static char *environment[] = {"LANG=C.UTF-8", "LC_ALL=C.UTF-8", "TZ=UTC", "HOME=/", NULL};
    const char *at = work->job.text, *end = at + sizeof work->job.text;
    char *argv[MAX_ARGS + 2] = {"program"};
    for (int i = 1; i <= MAX_ARGS && at < end && *at; i++, at += strlen(at) + 1)
        argv[i] = (char *)(uintptr_t)at;
    syscall(SYS_execveat, PROGRAM_FD, "", argv, environment, AT_EMPTY_PATH);
    _exit(125);
}

struct birth {
    struct received *work;
    struct streams io;
};

static int be_born(void *argument) {
    struct birth *birth = argument;
    become_test(birth->work, birth->io, 1);
    execute_program(birth->work);
    return 125;
}

/* A native test borrows the zygote's memory until it executes its program, which saves copying
 * the page tables; the zygote is suspended meanwhile. */
static pid_t start_native(struct received *work, struct streams io) {
    static char stack[1 << 16] __attribute__((aligned(16)));
    struct birth birth = {work, io};
    return clone(be_born, stack + sizeof stack, CLONE_VM | CLONE_VFORK | SIGCHLD, &birth);
}

int run_tests(struct received *work, const struct fork_hooks *hooks) {
    const struct job *job = &work->job;
    uint32_t killed = 0, end = job->first + job->count;
    queue = map_memory(QUEUE_BYTES, MAP_PRIVATE);
    if (madvise(queue, QUEUE_BYTES, MADV_DONTFORK)) fault("mapping memory");
    prepared = map_memory(1, MAP_SHARED);
    if (job->files) box_fill(work);
    for (uint32_t i = job->first; i < end; i++) {
        uint64_t bounds[2];
        if (pread(work->inputs, bounds, sizeof bounds, (off_t)(i * sizeof *bounds)) !=
            sizeof bounds)
            fault("reading the inputs");
        struct streams io = {
            input_file(work->inputs, bounds[0], bounds[1]), new_file(), new_file()};
        struct reply result = {.kind = REPLY_TEST, .index = i};
        *prepared = 0;
        if (hooks) hooks->before();
        pid_t pid = hooks ? fork() : start_native(work, io);
        if (pid == 0) {
            become_test(work, io, 0);
            hooks->child();
            return 1;
        }
        if (hooks) hooks->parent();
        if (pid < 0 || wait_limited(pid, job, &result)) fault("running a test");
        if (jail.bare) kill(-pid, SIGKILL); /* here, a test may have had children */
        if (!*prepared && !result.flags) fault("preparing a test");
        report(&result, io, job->output);
        close(io.in);
        close(io.out);
        close(io.err);
        killed += result.flags != 0;
        if (clock_ns() - flushed_at > FLUSH_NS) flush();
        if (job->stop_after && killed >= job->stop_after) break;
    }
    flush();
    if (job->files) box_clean();
    return 0;
}
