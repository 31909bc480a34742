/* The box: the one folder that a compiler or a checker may write, emptied after every job. */
#define _GNU_SOURCE
#include "judge.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const entry_names[MAX_FILES] = {"input", "output", "answer", "extra"};

static const char *in_box(const char *name) {
    static char path[sizeof jail.box + 32];
    snprintf(path, sizeof path, "%s/%s", jail.box, name);
    return path;
}

static void put(const char *name, const char *bytes, size_t size) {
    int fd = open(in_box(name), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (fd < 0) fault("writing into the box");
    for (size_t done = 0; done < size;) {
        ssize_t n = write(fd, bytes + done, size - done);
        if (n <= 0) fault("writing into the box");
        done += (size_t)n;
    }
    close(fd);
}

void box_fill(const struct received *work) {
    struct stat file;
    box_clean();
    if (fstat(work->inputs, &file)) fault("reading a checker's files");
    size_t size = (size_t)file.st_size;
    const char *data = mmap(NULL, size, PROT_READ, MAP_SHARED, work->inputs, 0);
    if (data == MAP_FAILED) fault("reading a checker's files");
    const uint64_t *offsets = (const uint64_t *)(const void *)data;
    for (uint32_t i = 0; i < work->job.files && i < MAX_FILES; i++)
        put(entry_names[i], data + offsets[i], offsets[i + 1] - offsets[i]);
    munmap((void *)(uintptr_t)data, size);
    if (mkdir(in_box("feedback"), 0777) || chmod(in_box("feedback"), 0777))
        fault("making the feedback folder");
}

static int remove_entry(const char *path, const struct stat *info, int kind, struct FTW *at) {
    (void)info;
    if (at->level) (void)(kind == FTW_DP ? rmdir(path) : unlink(path));
    return 0;
}

void box_clean(void) { nftw(jail.box, remove_entry, 16, FTW_DEPTH | FTW_PHYS | FTW_MOUNT); }

static void become_compiler(const struct job *job, char *const argv[], int err) {
    static char *environment[] = {"PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "TMPDIR=.", NULL};
    int nothing = open("/dev/null", O_RDONLY);
    dup2(nothing, 0);
    dup2(err, 1);
    dup2(err, 2);
    if (chdir(jail.box) || close_range(3, ~0u, 0)) _exit(125);
    setsid();
    umask(022);
    set_limit(RLIMIT_AS, job->memory);
    set_limit(RLIMIT_FSIZE, job->output);
    set_limit(RLIMIT_STACK, (uint64_t)64 << 20);
    set_limit(RLIMIT_CPU, job->cpu_ns / 1000000000u + 1);
    drop_privileges();
    execve(argv[0], argv, environment);
    _exit(125);
}

/* Sends the file (at most `size` bytes of its end) after the head of a verdict. */
static void send_file(struct reply *result, int fd, size_t most) {
    struct stat file;
    if (fstat(fd, &file)) fault("reading what the compiler wrote");
    size_t size = (size_t)file.st_size, from = size > most ? size - most : 0;
    char *data = size ? mmap(NULL, size, PROT_READ, MAP_SHARED, fd, 0) : "";
    if (data == MAP_FAILED) fault("reading what the compiler wrote");
    result->bytes = size - from;
    reply(result, data + from);
}

static void put_source(int fd) {
    struct stat file;
    if (fstat(fd, &file)) fault("reading a source");
    size_t size = (size_t)file.st_size;
    char *data = size ? mmap(NULL, size, PROT_READ, MAP_SHARED, fd, 0) : "";
    if (data == MAP_FAILED) fault("reading a source");
    put("main.cpp", data, size);
}

/* In a zygote: one run of the compiler over box/main.cpp, which is to leave box/main. */
void compile_native(struct received *work, char *const argv[]) {
    int err = memfd_create("messages", MFD_CLOEXEC);
    struct reply result = {.kind = REPLY_TEST};
    box_clean();
    put_source(work->program);
    pid_t pid = fork();
    if (pid == 0) become_compiler(&work->job, argv, err);
    if (pid < 0 || wait_limited(pid, &work->job, &result)) fault("running the compiler");
    kill(jail.namespaces ? -1 : -pid, SIGKILL);
    while (wait(NULL) > 0 || errno == EINTR) {}
    int made = open(in_box("main"), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (result.status == 0 && made < 0) result.status = 1 << 8; /* it said yes and left nothing */
    if (result.status == 0) send_file(&result, made, SIZE_MAX);
    else send_file(&result, err, DETAIL_BYTES * 4);
    box_clean();
}
