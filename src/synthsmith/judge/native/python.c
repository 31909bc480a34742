/* The Python extension of the template. It declares the few parts of CPython's stable ABI that it
 * uses, so that no Python headers are needed to build it. */
#define _GNU_SOURCE
#include "judge.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

typedef struct object {
    ssize_t references;
    void *type;
} PyObject;
typedef PyObject *(*PyCFunction)(PyObject *, PyObject *);
typedef struct {
    const char *name;
    PyCFunction call;
    int flags;
    const char *doc;
} PyMethodDef;
typedef struct {
    PyObject base;
    PyObject *(*init)(void);
    ssize_t index;
    PyObject *copy;
    const char *name, *doc;
    ssize_t size;
    PyMethodDef *methods;
    void *slots, *traverse, *clear, *free;
} PyModuleDef;
enum { METH_VARARGS = 1, METH_NOARGS = 4, METH_O = 8, ABI_VERSION = 3 };

extern PyObject *PyModule_Create2(PyModuleDef *, int);
extern PyObject *Py_BuildValue(const char *, ...);
extern PyObject *PyBytes_FromStringAndSize(const char *, ssize_t);
extern int PyBytes_AsStringAndSize(PyObject *, char **, ssize_t *);
extern int PyArg_ParseTuple(PyObject *, const char *, ...);
extern void PyOS_BeforeFork(void), PyOS_AfterFork_Parent(void), PyOS_AfterFork_Child(void);

enum { COMPILE_SECONDS = 10, COMPILE_TIMED_OUT = 124 };
static const uint64_t COMPILE_BYTES = (uint64_t)2 << 30;

static struct received work;

static void on_compile_timeout(int number) {
    (void)number;
    _exit(COMPILE_TIMED_OUT);
}

static void watch_compiling(int on) {
    struct itimerval timer = {.it_value = {on ? COMPILE_SECONDS : 0, 0}};
    struct rlimit space = {on ? COMPILE_BYTES : RLIM_INFINITY, RLIM_INFINITY};
    getrlimit(RLIMIT_AS, &space);
    space.rlim_cur = on ? COMPILE_BYTES : space.rlim_max;
    signal(SIGPROF, on ? on_compile_timeout : SIG_DFL);
    setitimer(ITIMER_PROF, &timer, NULL);
    setrlimit(RLIMIT_AS, &space);
}

static PyObject *configure(PyObject *self, PyObject *args) {
    const char *box;
    unsigned uid;
    (void)self;
    if (!PyArg_ParseTuple(args, "iiiiiIs", &jail.namespaces, &jail.drop_uid, &jail.memory_group,
                          &jail.read_all, &jail.bare, &uid, &box))
        return NULL;
    jail.uid = uid;
    strncpy(jail.box, box, sizeof jail.box - 1);
    return Py_BuildValue("");
}

/* serve() -> (flags, text, descriptor of the source): in every zygote, with its job. */
static PyObject *py_serve(PyObject *self, PyObject *args) {
    (void)self, (void)args;
    if (filter_worker(*jail.box ? MAY_WRITE : 0)) fault("installing the filter");
    say_ready();
    serve(&work);
    PyOS_AfterFork_Child();
    watch_compiling(1);
    return Py_BuildValue("INi", work.job.flags,
                         PyBytes_FromStringAndSize(work.job.text, sizeof work.job.text),
                         work.program);
}

/* refuse(message): the source does not compile. */
static PyObject *py_refuse(PyObject *self, PyObject *message) {
    char *text;
    ssize_t size;
    (void)self;
    if (PyBytes_AsStringAndSize(message, &text, &size)) return NULL;
    reply(&(struct reply){.kind = REPLY_COMPILED, .status = 1, .bytes = (uint64_t)size}, text);
    _exit(0);
}

/* tests(): returns in every test, never in the zygote. */
static PyObject *py_tests(PyObject *self, PyObject *args) {
    static const struct fork_hooks hooks = {PyOS_BeforeFork, PyOS_AfterFork_Parent,
                                            PyOS_AfterFork_Child};
    (void)self, (void)args;
    watch_compiling(0);
    reply(&(struct reply){.kind = REPLY_COMPILED}, NULL);
    if (!run_tests(&work, &hooks)) _exit(0);
    return Py_BuildValue("");
}

static PyMethodDef methods[] = {
    {"configure", configure, METH_VARARGS, NULL},
    {"serve", py_serve, METH_NOARGS, NULL},
    {"refuse", py_refuse, METH_O, NULL},
    {"tests", py_tests, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static PyModuleDef definition = {
    .base = {1, NULL}, .name = "zygote", .size = -1, .methods = methods};

PyObject *PyInit_zygote(void) { return PyModule_Create2(&definition, ABI_VERSION); }
