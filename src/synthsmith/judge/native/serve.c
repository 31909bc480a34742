/* The template's side: jobs in, one zygote for each, a closing reply when it is gone. */
#define _GNU_SOURCE
#include "judge.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

struct jail jail;

void send_bytes(const void *data, size_t size) {
    const char *at = data;
    while (size) {
        ssize_t n = write(CONTROL_FD, at, size);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) _exit(1); /* the judge is gone */
        at += n;
        size -= (size_t)n;
    }
}

void reply(const struct reply *head, const void *bytes) {
    send_bytes(head, sizeof *head);
    if (head->bytes) send_bytes(bytes, head->bytes);
}

void say_ready(void) { reply(&(struct reply){.kind = REPLY_READY}, NULL); }

/* The judge's own failure: say it, and leave; the worker is replaced. */
void fault(const char *what) {
    char text[256];
    int n = snprintf(text, sizeof text, "%s: %s", what, strerror(errno));
    reply(&(struct reply){.kind = REPLY_FAULT, .bytes = (uint64_t)n}, text);
    _exit(1);
}

static int receive(struct received *out) {
    char space[CMSG_SPACE(2 * sizeof(int))];
    struct iovec part = {&out->job, sizeof out->job};
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = space, .msg_controllen = sizeof space};
    ssize_t n;
    do n = recvmsg(CONTROL_FD, &message, MSG_CMSG_CLOEXEC | MSG_WAITALL);
    while (n < 0 && errno == EINTR);
    if (n == 0) return 0;
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    if (n != sizeof out->job || !head || head->cmsg_len != CMSG_LEN(2 * sizeof(int)))
        fault("receiving a job");
    int fds[2];
    memcpy(fds, CMSG_DATA(head), sizeof fds);
    out->program = fds[0];
    out->inputs = fds[1];
    return 1;
}

/* A plain clone: fork(3) cannot make the child pid 1 of a namespace of its own. */
static pid_t fork_zygote(void) {
    unsigned long flags = SIGCHLD | (jail.namespaces ? CLONE_NEWPID : 0);
    pid_t parent = getpid();
    pid_t pid = (pid_t)syscall(SYS_clone, flags, 0, 0, 0, 0);
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (!jail.namespaces && getppid() != parent) _exit(1);
    }
    return pid;
}

void serve(struct received *out) {
    while (receive(out)) {
        pid_t pid = fork_zygote();
        if (pid < 0) fault("starting a zygote");
        if (pid == 0) return;
        close(out->program);
        close(out->inputs);
        int status;
        while (waitpid(pid, &status, 0) < 0)
            if (errno != EINTR) fault("waiting for a zygote");
        reply(&(struct reply){.kind = REPLY_DONE, .status = status}, NULL);
    }
    _exit(0);
}
