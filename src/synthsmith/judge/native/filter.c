/* System call filters: one for the whole worker, and a short one more for each test, which takes
 * back what only the zygote needs. Programs are small; the kernel caches constant answers. */
#define _GNU_SOURCE
#include "judge.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef __x86_64__
#error "the judge knows the system calls of x86-64 only"
#endif

enum { MAX_PROGRAM = 1024 };

struct program {
    struct sock_filter code[MAX_PROGRAM];
    unsigned short length;
};

static void emit(struct program *p, uint16_t code, uint8_t jt, uint8_t jf, uint32_t k) {
    p->code[p->length++] = (struct sock_filter){code, jt, jf, k};
}

#define LOAD(p, field) \
    emit(p, BPF_LD | BPF_W | BPF_ABS, 0, 0, (uint32_t)offsetof(struct seccomp_data, field))
#define RETURN(p, what) emit(p, BPF_RET | BPF_K, 0, 0, what)
/* One instruction follows each of these: it is taken if the test holds, skipped if not. */
#define IF_EQUAL(p, value) emit(p, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, value)
#define IF_BITS(p, bits) emit(p, BPF_JMP | BPF_JSET | BPF_K, 0, 1, bits)
#define UNLESS_EQUAL(p, value) emit(p, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, value)
#define UNLESS_BITS(p, bits) emit(p, BPF_JMP | BPF_JSET | BPF_K, 1, 0, bits)

#define REFUSE(error) (SECCOMP_RET_ERRNO | (error))
#define ARG(number) args[number]

/* Enough for interpreters, compilers' output and the worker itself. */
static const uint16_t allowed[] = {
    SYS_read, SYS_write, SYS_readv, SYS_writev, SYS_pread64, SYS_pwrite64, SYS_preadv, SYS_pwritev,
    SYS_lseek, SYS_close, SYS_close_range, SYS_dup, SYS_dup2, SYS_dup3, SYS_fcntl, SYS_flock,
    SYS_fsync, SYS_fdatasync, SYS_ftruncate, SYS_sendfile, SYS_copy_file_range,
    SYS_open, SYS_openat, SYS_stat, SYS_fstat, SYS_lstat, SYS_newfstatat, SYS_statx, SYS_statfs,
    SYS_fstatfs, SYS_access, SYS_faccessat, SYS_faccessat2, SYS_readlink, SYS_readlinkat,
    SYS_getdents, SYS_getdents64, SYS_getcwd, SYS_chdir, SYS_fchdir, SYS_umask, SYS_ioctl,
    SYS_pipe, SYS_pipe2, SYS_poll, SYS_ppoll, SYS_select, SYS_pselect6, SYS_epoll_create,
    SYS_epoll_create1, SYS_epoll_ctl, SYS_epoll_wait, SYS_epoll_pwait, SYS_eventfd, SYS_eventfd2,
    SYS_mmap, SYS_munmap, SYS_mprotect, SYS_mremap, SYS_madvise, SYS_brk, SYS_msync, SYS_mincore,
    SYS_mlock, SYS_munlock, SYS_membarrier, SYS_futex, SYS_set_robust_list, SYS_get_robust_list,
    SYS_set_tid_address, SYS_rseq, SYS_arch_prctl, SYS_exit, SYS_exit_group, SYS_wait4, SYS_waitid,
    SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_rt_sigreturn, SYS_rt_sigpending, SYS_rt_sigsuspend,
    SYS_rt_sigtimedwait, SYS_sigaltstack, SYS_pause, SYS_alarm, SYS_setitimer, SYS_getitimer,
    SYS_kill, SYS_tkill, SYS_tgkill, SYS_restart_syscall, SYS_sched_yield, SYS_nanosleep,
    SYS_clock_nanosleep, SYS_clock_gettime, SYS_clock_getres, SYS_gettimeofday, SYS_time,
    SYS_times, SYS_timer_create, SYS_timer_settime, SYS_timer_gettime, SYS_timer_delete,
    SYS_timer_getoverrun, SYS_getpid, SYS_getppid, SYS_gettid, SYS_getpgrp, SYS_getpgid,
    SYS_getsid, SYS_getuid, SYS_geteuid, SYS_getgid, SYS_getegid, SYS_getresuid, SYS_getresgid,
    SYS_getgroups, SYS_setsid, SYS_uname, SYS_sysinfo, SYS_getrusage, SYS_getrlimit, SYS_prlimit64,
    SYS_setrlimit, SYS_getrandom, SYS_getcpu, SYS_sched_getaffinity, SYS_sched_getparam,
    SYS_sched_getscheduler, SYS_sched_get_priority_max, SYS_sched_get_priority_min,
    SYS_getpriority, SYS_prctl,
    /* For the worker; worth nothing to a test, which has neither sockets nor capabilities. */
    SYS_setresuid, SYS_setresgid, SYS_setgroups, SYS_capset, SYS_seccomp, SYS_recvmsg,
    SYS_pidfd_open, SYS_setpgid,
    /* Taken back in every test: memory files, which no limit counts. */
    SYS_memfd_create,
};

static const uint16_t allowed_exec[] = {SYS_execve, SYS_execveat};
static const uint16_t allowed_processes[] = {SYS_fork, SYS_vfork};

/* A compiler, and a checker with a feedback folder, also change files. */
static const uint16_t allowed_files[] = {
    SYS_creat, SYS_mkdir, SYS_mkdirat, SYS_rmdir, SYS_unlink, SYS_unlinkat, SYS_rename,
    SYS_renameat, SYS_renameat2, SYS_chmod, SYS_fchmod, SYS_fchmodat, SYS_truncate, SYS_utimensat,
};

/* No honest program calls these: the process dies and the verdict says why. */
static const uint16_t deadly[] = {
    SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_bpf, SYS_perf_event_open,
    SYS_userfaultfd, SYS_io_uring_setup, SYS_io_uring_enter, SYS_io_uring_register, SYS_add_key,
    SYS_request_key, SYS_keyctl, SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_setns,
    SYS_unshare, SYS_init_module, SYS_finit_module, SYS_delete_module, SYS_kexec_load,
    SYS_kexec_file_load, SYS_reboot, SYS_swapon, SYS_swapoff, SYS_open_by_handle_at,
    SYS_name_to_handle_at, SYS_iopl, SYS_ioperm, SYS_modify_ldt, SYS_kcmp, SYS_pidfd_getfd,
    SYS_process_madvise, SYS_settimeofday, SYS_clock_settime, SYS_adjtimex, SYS_sethostname,
    SYS_setdomainname, SYS_acct, SYS_quotactl, SYS_syslog, SYS_vhangup, SYS_personality,
    SYS_open_tree, SYS_move_mount, SYS_fsopen, SYS_fsconfig, SYS_fsmount, SYS_mount_setattr,
    SYS_lookup_dcookie, SYS_fanotify_init,
};

/* Known and harmless to ask for, never granted. Everything unknown is "not implemented", so that
 * libraries fall back to what they know. */
static const uint16_t refused[] = {
    SYS_socket, SYS_socketpair, SYS_connect, SYS_bind, SYS_listen, SYS_accept, SYS_accept4,
    SYS_shmget, SYS_shmat, SYS_msgget, SYS_semget, SYS_mq_open, SYS_link, SYS_linkat, SYS_symlink,
    SYS_symlinkat, SYS_mknod, SYS_mknodat, SYS_chown, SYS_fchown, SYS_lchown, SYS_fchownat,
    SYS_setuid, SYS_setgid, SYS_setreuid, SYS_setregid, SYS_setfsuid, SYS_setfsgid,
    SYS_sched_setaffinity, SYS_sched_setparam, SYS_sched_setscheduler, SYS_sched_setattr,
    SYS_setpriority, SYS_ioprio_set, SYS_setxattr, SYS_fsetxattr, SYS_inotify_init,
    SYS_inotify_init1, SYS_mlockall, SYS_mlock2, SYS_splice, SYS_vmsplice, SYS_tee,
    SYS_pidfd_send_signal, SYS_memfd_secret, SYS_signalfd, SYS_signalfd4, SYS_timerfd_create,
    SYS_seccomp, SYS_rt_sigqueueinfo, SYS_rt_tgsigqueueinfo, SYS_fallocate,
};

static void each(struct program *p, const uint16_t *calls, size_t count, uint32_t answer) {
    for (size_t i = 0; i < count; i++) {
        IF_EQUAL(p, calls[i]);
        RETURN(p, answer);
    }
}
#define EACH(p, list, answer) each(p, list, sizeof(list) / sizeof(list[0]), answer)

static void check_architecture(struct program *p) {
    LOAD(p, arch);
    IF_EQUAL(p, AUDIT_ARCH_X86_64);
    emit(p, BPF_JMP | BPF_JA, 0, 0, 1);
    RETURN(p, SECCOMP_RET_KILL_PROCESS);
    LOAD(p, nr);
    emit(p, BPF_JMP | BPF_JGE | BPF_K, 0, 1, 0x40000000); /* the x32 table */
    RETURN(p, SECCOMP_RET_KILL_PROCESS);
}

static int install(struct program *p) {
    struct sock_fprog prog = {p->length, p->code};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) return -1;
    if (jail.bare) return 0;
    return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &prog);
}

int filter_worker(int rights) {
    static struct program program;
    struct program *p = &program;
    const uint32_t namespaces = CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC |
                                CLONE_NEWUTS | CLONE_NEWCGROUP;
    p->length = 0;
    check_architecture(p);
    EACH(p, allowed, SECCOMP_RET_ALLOW);
    if (rights & MAY_EXEC) EACH(p, allowed_exec, SECCOMP_RET_ALLOW);
    if (rights & MAY_FORK) EACH(p, allowed_processes, SECCOMP_RET_ALLOW);
    if (rights & MAY_WRITE) EACH(p, allowed_files, SECCOMP_RET_ALLOW);
    EACH(p, deadly, SECCOMP_RET_KILL_PROCESS);
    EACH(p, refused, REFUSE(EPERM));
    EACH(p, allowed_exec, REFUSE(EPERM));
    EACH(p, allowed_processes, REFUSE(EPERM));
    EACH(p, allowed_files, REFUSE(EROFS));
    UNLESS_EQUAL(p, SYS_clone);
    RETURN(p, REFUSE(ENOSYS));
    LOAD(p, ARG(0));
    IF_BITS(p, namespaces);
    RETURN(p, SECCOMP_RET_KILL_PROCESS);
    RETURN(p, SECCOMP_RET_ALLOW);
    return install(p);
}

/* Without a pid namespace, and a user of its own, a test must be kept from signalling others,
 * from limiting them, and from outliving its zygote. */
static void aim_at_self(struct program *p, pid_t self) {
    static const uint16_t aimed[] = {SYS_kill, SYS_tkill, SYS_tgkill, SYS_prlimit64};
    for (int i = 0; i < 4; i++) {
        UNLESS_EQUAL(p, aimed[i]);
        emit(p, BPF_JMP | BPF_JA, 0, 0, 6);
        LOAD(p, ARG(0));
        IF_EQUAL(p, (uint32_t)self);
        RETURN(p, SECCOMP_RET_ALLOW);
        IF_EQUAL(p, aimed[i] == SYS_prlimit64 ? 0 : (uint32_t)self);
        RETURN(p, SECCOMP_RET_ALLOW);
        RETURN(p, REFUSE(EPERM));
        LOAD(p, nr);
    }
    UNLESS_EQUAL(p, SYS_fcntl);
    emit(p, BPF_JMP | BPF_JA, 0, 0, 7);
    LOAD(p, ARG(1));
    IF_EQUAL(p, F_SETOWN);
    RETURN(p, REFUSE(EPERM));
    IF_EQUAL(p, F_SETOWN_EX);
    RETURN(p, REFUSE(EPERM));
    IF_EQUAL(p, F_SETSIG);
    RETURN(p, REFUSE(EPERM));
    LOAD(p, nr);
    UNLESS_EQUAL(p, SYS_prctl);
    emit(p, BPF_JMP | BPF_JA, 0, 0, 4);
    LOAD(p, ARG(0));
    UNLESS_EQUAL(p, PR_SET_NAME);
    RETURN(p, REFUSE(EPERM));
    LOAD(p, nr);
}

/* Threads yes, processes no. Kept short: each instruction costs more than a microsecond a test. */
int filter_test(pid_t self, int alone_with_own_user) {
    struct program program = {.length = 0}, *p = &program;
    LOAD(p, nr);
    if (!alone_with_own_user) aim_at_self(p, self);
    emit(p, BPF_JMP | BPF_JEQ | BPF_K, 3, 0, SYS_memfd_create);
    emit(p, BPF_JMP | BPF_JEQ | BPF_K, 0, 3, SYS_clone);
    LOAD(p, ARG(0));
    emit(p, BPF_JMP | BPF_JSET | BPF_K, 1, 0, CLONE_THREAD);
    RETURN(p, REFUSE(EPERM));
    RETURN(p, SECCOMP_RET_ALLOW);
    return install(p);
}
