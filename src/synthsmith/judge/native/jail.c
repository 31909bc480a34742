/* The launcher: builds the jail of one worker, starts the template in it, and waits.
 *
 *   judge-jail -m root|user|none|bare -k python|native|compile [-u UID] [-g PROCS]... [-b PATH]...
 *              [-t BOX] [-r] -- COMMAND...
 *
 * Mode "root" (needs CAP_SYS_ADMIN): all namespaces; the worker's root is an unprivileged user
 * outside, UID, and tests run as UID + 1. Mode "user": the same in an unprivileged user namespace,
 * where there is one user only. Mode "none": Landlock instead of namespaces; tests run as UID if
 * one is given, with -r keeping the right to pass folders closed to them. Mode "bare": as "none",
 * without Landlock and system call filters. -g joins a cgroup; -b makes a path readable; -t is the
 * box, the only writable folder. Kind "python" executes COMMAND, "compile" runs it for every
 * source; the control socket is descriptor 3. A failure is one line on stderr and exit code 1.
 */
#define _GNU_SOURCE
#include "judge.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MAX_PATHS = 32, BOX_BYTES = 512 << 20 };
enum mode { MODE_ROOT, MODE_USER, MODE_NONE, MODE_BARE };
enum kind { KIND_PYTHON, KIND_NATIVE, KIND_COMPILE };

static struct {
    enum mode mode;
    enum kind kind;
    uid_t uid;
    const char *groups[4], *paths[MAX_PATHS];
    int group_count, path_count;
    char **command;
} options;

static const char NEW_ROOT[] = "/sys";

static void die(const char *what, const char *detail) {
    fprintf(stderr, "%s %s: %s\n", what, detail, strerror(errno));
    exit(1);
}

static void write_text(int folder, const char *path, const char *text) {
    int fd = openat(folder, path, O_WRONLY | O_CLOEXEC);
    if (fd < 0 || write(fd, text, strlen(text)) < 0) die("writing", path);
    close(fd);
}

static int choice(const char *value, const char *const *names) {
    for (int i = 0; names[i]; i++)
        if (!strcmp(value, names[i])) return i;
    errno = EINVAL;
    die("option", value);
    return -1;
}

static void parse(int argc, char **argv) {
    static const char *const modes[] = {"root", "user", "none", "bare", NULL};
    static const char *const kinds[] = {"python", "native", "compile", NULL};
    for (int flag; (flag = getopt(argc, argv, "+m:k:u:g:b:t:r")) != -1;) {
        if (flag == 'm') options.mode = (enum mode)choice(optarg, modes);
        else if (flag == 'k') options.kind = (enum kind)choice(optarg, kinds);
        else if (flag == 'u') options.uid = (uid_t)strtoul(optarg, NULL, 10);
        else if (flag == 'g' && options.group_count < 4)
            options.groups[options.group_count++] = optarg;
        else if (flag == 'b' && options.path_count < MAX_PATHS)
            options.paths[options.path_count++] = optarg;
        else if (flag == 'r') jail.read_all = 1;
        else if (flag == 't') snprintf(jail.box, sizeof jail.box, "%s", optarg);
        else exit(1);
    }
    options.command = argv + optind;
    jail.bare = options.mode == MODE_BARE;
    jail.namespaces = options.mode == MODE_ROOT || options.mode == MODE_USER;
    jail.memory_group = options.group_count > 0;
    jail.drop_uid = options.mode == MODE_ROOT || (!jail.namespaces && options.uid);
    jail.uid = options.mode == MODE_ROOT ? 1 : options.uid;
}

/* ---- namespaces ---- */

static void map_ids(int proc, pid_t pid, unsigned outside_uid, unsigned outside_gid, int count) {
    char path[64], text[64];
    snprintf(path, sizeof path, "%d/uid_map", pid);
    snprintf(text, sizeof text, "0 %u %d\n", outside_uid, count);
    write_text(proc, path, text);
    snprintf(path, sizeof path, "%d/gid_map", pid);
    snprintf(text, sizeof text, "0 %u %d\n", outside_gid, count);
    write_text(proc, path, text);
}

static void enter_user_namespace(int proc) {
    uid_t uid = getuid();
    gid_t gid = getgid();
    if (unshare(CLONE_NEWUSER)) die("unshare", "user namespace");
    write_text(proc, "self/setgroups", "deny");
    map_ids(proc, getpid(), uid, gid, 1);
}

/* Makes every folder above `path`, and `path` itself if it is to be a folder. */
static void make_path(char *path, int folder) {
    for (char *at = path + sizeof NEW_ROOT; (at = strchr(at, '/')); at++) {
        *at = 0;
        if (mkdir(path, 0755) && errno != EEXIST) die("mkdir", path);
        *at = '/';
    }
    if (folder && mkdir(path, 0755) && errno != EEXIST) die("mkdir", path);
}

struct attributes {
    uint64_t set, clear, propagation, user;
};

static void show(const char *path) {
    char target[512], link[512];
    struct stat info;
    int device = !strncmp(path, "/dev/", 5);
    snprintf(target, sizeof target, "%s%s", NEW_ROOT, path);
    if (lstat(path, &info)) return;
    make_path(target, S_ISDIR(info.st_mode));
    if (S_ISLNK(info.st_mode)) {
        ssize_t n = readlink(path, link, sizeof link - 1);
        if (n < 0) die("readlink", path);
        link[n] = 0;
        if (symlink(link, target)) die("symlink", target);
        return;
    }
    if (!S_ISDIR(info.st_mode)) close(open(target, O_CREAT | O_WRONLY | O_CLOEXEC, 0644));
    if (mount(path, target, NULL, MS_BIND | MS_REC, NULL)) die("bind", path);
    enum { READ_ONLY = 1, NO_SUID = 2, NO_DEVICES = 4 };
    struct attributes how = {.set = READ_ONLY | NO_SUID | (device ? 0 : NO_DEVICES)};
    if (syscall(SYS_mount_setattr, -1, target, AT_RECURSIVE, &how, sizeof how))
        die("making read-only", path);
}

static void build_root(void) {
    char box[sizeof jail.box + 8], options_text[64];
    if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL)) die("mount", "/");
    if (mount("jail", NEW_ROOT, "tmpfs", MS_NOSUID | MS_NODEV, "mode=755,size=1m"))
        die("mount", "the root");
    for (int i = 0; i < options.path_count; i++) show(options.paths[i]);
    if (*jail.box) {
        snprintf(box, sizeof box, "%s%s", NEW_ROOT, jail.box);
        snprintf(options_text, sizeof options_text, "mode=777,size=%d,nr_inodes=4096", BOX_BYTES);
        make_path(box, 1);
        if (mount("box", box, "tmpfs", MS_NOSUID | MS_NODEV, options_text))
            die("mount", jail.box);
    }
    if (mount(NULL, NEW_ROOT, NULL, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV, NULL))
        die("remount", "the root");
    if (chdir(NEW_ROOT) || syscall(SYS_pivot_root, ".", ".") || umount2(".", MNT_DETACH) ||
        chdir("/"))
        die("entering", "the root");
}

/* ---- Landlock, where there are no namespaces ---- */

enum { LL_EXECUTE = 1, LL_WRITE = 2, LL_READ = 4, LL_READ_DIR = 8 };
struct landlock_ruleset {
    uint64_t handled;
};
struct __attribute__((packed)) landlock_beneath {
    uint64_t allowed;
    int32_t parent;
};
enum { SYSCALL_LANDLOCK = 444 }; /* create ruleset, then add rule, then restrict self */

static void allow(int ruleset, const char *path, uint64_t access) {
    struct stat info;
    int fd = open(path, O_PATH | O_CLOEXEC);
    if (fd < 0) return;
    if (fstat(fd, &info)) die("stat", path);
    if (!S_ISDIR(info.st_mode)) access &= LL_EXECUTE | LL_WRITE | LL_READ;
    struct landlock_beneath rule = {access, fd};
    if (syscall(SYSCALL_LANDLOCK + 1, ruleset, 1, &rule, 0)) die("landlock", path);
    close(fd);
}

static void restrict_files(void) {
    static const uint64_t known[] = {0, 0x1fff, 0x3fff, 0x7fff, 0x7fff, 0xffff};
    long abi = syscall(SYSCALL_LANDLOCK, NULL, 0, 1);
    if (abi < 1) die("landlock", "is missing");
    struct landlock_ruleset all = {known[abi < 5 ? abi : 5]};
    int ruleset = (int)syscall(SYSCALL_LANDLOCK, &all, sizeof all, 0);
    if (ruleset < 0) die("landlock", "ruleset");
    for (int i = 0; i < options.path_count; i++) {
        int device = !strncmp(options.paths[i], "/dev/", 5);
        allow(ruleset, options.paths[i],
              LL_READ | (device ? LL_WRITE : LL_EXECUTE | LL_READ_DIR));
    }
    if (*jail.box) allow(ruleset, jail.box, all.handled);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || syscall(SYSCALL_LANDLOCK + 2, ruleset, 0))
        die("landlock", "restricting");
    close(ruleset);
}

/* ---- the worker ---- */

/* Keeps only what the template and its zygotes use: namespaces, the test's user, killing it, and
 * files of that user in the box. */
static void drop_capabilities(void) {
    const uint32_t kept = 1u << CAP_SYS_ADMIN | 1u << CAP_SETUID | 1u << CAP_SETGID |
                          1u << CAP_KILL | 1u << CAP_DAC_OVERRIDE |
                          (jail.read_all ? 1u << CAP_DAC_READ_SEARCH : 0);
    struct __user_cap_header_struct head = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct has[2];
    if (syscall(SYS_capget, &head, has)) die("reading", "capabilities");
    for (int i = 0; i < 2; i++) {
        has[i].permitted &= i ? 0 : kept;
        has[i].effective = has[i].permitted;
        has[i].inheritable = 0;
    }
    for (int number = 0; number < 64; number++)
        if (number >= 32 || !(kept & 1u << number)) prctl(PR_CAPBSET_DROP, number, 0, 0, 0);
    if (syscall(SYS_capset, &head, has)) die("dropping", "capabilities");
}

static void limit_worker(void) {
    struct rlimit stack = {RLIM_INFINITY, RLIM_INFINITY};
    /* Deep recursion is honest; a finite limit would also be the default stack of every thread. */
    getrlimit(RLIMIT_STACK, &stack);
    stack.rlim_cur = stack.rlim_max;
    setrlimit(RLIMIT_STACK, &stack);
    set_limit(RLIMIT_CORE, 0);
    set_limit(RLIMIT_NOFILE, 64);
    set_limit(RLIMIT_MEMLOCK, 0);
    set_limit(RLIMIT_MSGQUEUE, 0);
    set_limit(RLIMIT_SIGPENDING, 256);
    if (jail.namespaces || jail.drop_uid) set_limit(RLIMIT_NPROC, 64);
}

static void work(void) {
    if (options.mode == MODE_ROOT &&
        (setresgid(0, 0, 0) || setresuid(0, 0, 0)))
        die("becoming", "root of the jail");
    if (options.mode == MODE_NONE) restrict_files();
    drop_capabilities();
    if (prctl(PR_SET_PDEATHSIG, SIGKILL)) die("prctl", "parent death signal");
    prctl(PR_SET_DUMPABLE, 0);
    limit_worker();
    if (options.kind == KIND_PYTHON) { /* which installs its filter itself: it may not execute */
        static char *environment[] = {"PYTHONHASHSEED=0", "PYTHONUTF8=1", "LANG=C.UTF-8",
                                      "LC_ALL=C.UTF-8", "TZ=UTC", "HOME=/", NULL};
        execve(options.command[0], options.command, environment);
        die("starting", options.command[0]);
    }
    int rights = MAY_EXEC | (options.kind == KIND_COMPILE ? MAY_FORK : 0);
    if (filter_worker(rights | (*jail.box ? MAY_WRITE : 0))) die("installing", "the filter");
    struct received received;
    say_ready();
    serve(&received);
    if (options.kind == KIND_COMPILE) compile_native(&received, options.command);
    else run_tests(&received, NULL);
    _exit(0);
}

static pid_t start_worker(int proc) {
    int go[2];
    unsigned long flags = SIGCHLD | (jail.namespaces ? CLONE_NEWPID : 0) |
                          (options.mode == MODE_ROOT ? CLONE_NEWUSER : 0);
    char byte;
    if (pipe2(go, O_CLOEXEC)) die("making", "a pipe");
    pid_t pid = (pid_t)syscall(SYS_clone, flags, 0, 0, 0, 0);
    if (pid < 0) die("starting", "the worker");
    if (pid == 0) {
        close(go[1]);
        close(proc);
        if (read(go[0], &byte, 1) != 1) _exit(1);
        close(go[0]);
        work();
    }
    close(go[0]);
    if (options.mode == MODE_ROOT) map_ids(proc, pid, options.uid, options.uid, 2);
    if (write(go[1], "", 1) != 1) die("starting", "the worker");
    close(go[1]);
    return pid;
}

int main(int argc, char **argv) {
    int status, proc = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    parse(argc, argv);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    setpgid(0, 0); /* the terminal's signals are for the judge */
    for (int i = 0; i < options.group_count; i++) write_text(AT_FDCWD, options.groups[i], "0");
    /* The same addresses in every run: a program's luck with its bugs does not change. */
    personality(ADDR_NO_RANDOMIZE);
    if (options.mode == MODE_USER) enter_user_namespace(proc);
    if (jail.namespaces) {
        if (unshare(CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP))
            die("unshare", "namespaces");
        build_root();
    }
    pid_t pid = start_worker(proc);
    close(CONTROL_FD);
    close(proc);
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR) die("waiting", "for the worker");
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
