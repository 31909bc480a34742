/* A shorter way into static C++ programs. The C library's start asks the processor what it can do,
 * with some forty cpuid instructions, each of which leaves a virtual machine: more time than all
 * else that a small program does. Here the answers, noted once by startup.py, are put where the C
 * library keeps them. This object is linked with a copy of libc-start.o in which the call before
 * the questions goes to judge_start and the first call after them is known as judge_resume.
 *
 * Nothing here may call the C library or use the stack protector: neither is ready.
 */
#include "variables.h" /* VARIABLES(X): X(name, size, bytes...) for each variable */

#define DECLARE(name, size, ...)                                    \
    extern char name[size] __attribute__((visibility("hidden")));   \
    static const unsigned char saved_##name[size] = {__VA_ARGS__};
VARIABLES(DECLARE)

static inline void put(void *to, const void *from, unsigned long size) {
    __asm__ volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(size) : : "memory");
}

#define RESTORE(name, size, ...) put(name, saved_##name, size);
__attribute__((used)) void judge_restore(void) { VARIABLES(RESTORE) }

__asm__(".globl judge_start\n"
        "judge_start:\n"
        "  sub $8, %rsp\n"
        "  call __tunables_init\n"
        "  call judge_restore\n"
        "  add $16, %rsp\n" /* and the return address, which leads to the questions */
        "  jmp judge_resume\n");
