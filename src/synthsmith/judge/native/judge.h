/* What the jail, the test loop and the Python extension share.
 *
 * A worker is a chain of processes:
 *
 *   launcher   builds the jail, waits; dies with the judge, and the rest dies with it
 *   template   serves jobs from the control socket, one at a time; runs nothing untrusted
 *   zygote     one per job, pid 1 of its own pid namespace; compiles Python sources
 *   test       one per input: the untrusted program, killed and reaped before the next starts
 *
 * Only the template and the zygote hold the control socket. All numbers on it are in host order.
 */
#ifndef JUDGE_H
#define JUDGE_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { CONTROL_FD = 3, PROGRAM_FD = 4, RESULT_FD = 3 };
enum { MAX_ARGS = 8, MAX_FILES = 4, DETAIL_BYTES = 2048 };

/* Bits of job.flags. JOB_FUNCTION: Python function style, the result goes to RESULT_FD and what
 * the program prints to its stderr. */
enum { JOB_FUNCTION = 1 };

/* What to run. Sent with one or two descriptors: the program (Python source, executable, or C++
 * source) and the inputs: uint64 offsets[entries + 1], then the bytes they delimit. */
struct job {
    uint32_t flags, first, count, stop_after;
    uint32_t files; /* entries put into the box as files, for a checker */
    uint32_t reserved;
    uint64_t cpu_ns, wall_ns; /* a test is killed past either */
    uint64_t memory, output;  /* bytes */
    char text[256];           /* NUL-separated: function name, or arguments of a checker */
};

enum { REPLY_READY = 1, REPLY_COMPILED, REPLY_TEST, REPLY_DONE, REPLY_FAULT };
enum { KILLED_CPU = 1, KILLED_WALL = 2, OVER_OUTPUT = 4 };

/* Followed by `bytes` bytes: a clean test's output, otherwise the tail of what it said. */
struct reply {
    uint32_t kind, index;
    int32_t status; /* as wait(2) gives it */
    uint32_t flags;
    uint64_t cpu_ns, wall_ns, memory_kb, bytes;
};

/* How the jail isolates; fixed when the launcher starts, inherited by fork. */
struct jail {
    int namespaces;   /* pid namespaces can be made */
    int drop_uid;     /* tests run as uid 1 of the jail (or as `uid` where there is none) */
    int memory_group; /* a memory cgroup holds the worker, so no address space limit is needed */
    int read_all;     /* Landlock alone says what is readable: the interpreter lies in a folder
                         that only root may enter */
    int bare;         /* no filters, as the user wanted it */
    uid_t uid;
    char box[256]; /* a writable folder for the compiler and for checkers, or "" */
};

extern struct jail jail;

enum { MAY_EXEC = 1, MAY_FORK = 2, MAY_WRITE = 4 };

/* filter.c: system call filters, of a worker (with MAY_ bits) and of one test more. Both return
 * -1 with errno set on failure. */
int filter_worker(int rights);
int filter_test(pid_t self, int alone_with_own_user);

/* serve.c: the job loop of the template. Returns in every zygote with the job received. */
struct received {
    struct job job;
    int program, inputs;
};
void serve(struct received *out);
void reply(const struct reply *head, const void *bytes);
void send_bytes(const void *data, size_t size);
void say_ready(void);
void fault(const char *what);

/* tests.c: the loop of the zygote. With hooks (Python) every test is a fork, in which it returns 1
 * with descriptors, limits and filters in place; without, every test executes the job's program.
 * Returns 0 in the zygote when all tests are done. */
typedef void (*hook)(void);
struct fork_hooks {
    hook before, parent, child;
};
int run_tests(struct received *work, const struct fork_hooks *hooks);
int wait_limited(pid_t pid, const struct job *job, struct reply *result);
void set_limit(int kind, uint64_t value);
void drop_privileges(void);

/* box.c: the writable folder of compilers and checkers, and the compiler's job. */
void box_fill(const struct received *work);
void box_clean(void);
void compile_native(struct received *work, char *const argv[]);

#endif
