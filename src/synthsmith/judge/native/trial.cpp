/* Says everything that a wrong start could spoil; startup.py compares two builds of it. */
#include <cstdio>
#include <cstring>
#include <iostream>
#include <stdexcept>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

#include "variables.h"

#define DECLARE(name, size, ...) extern "C" char name[size] __attribute__((visibility("hidden")));
VARIABLES(DECLARE)

#define SHOW(name, size, ...)                                                      \
    std::printf("%s", #name);                                                      \
    for (int i = 0; i < size; i++) std::printf(" %d", (unsigned char)name[i]);     \
    std::printf("\n");

struct Early {
    std::string text = "constructed";
    ~Early() { std::puts("destroyed"); }
} early;

thread_local int own = 7;

int main(int argc, char **argv) {
    VARIABLES(SHOW)
    std::cout << early.text << argc << argv[argc - 1] << environ[0] << std::endl;
    try {
        std::vector<int>().at(1);
    } catch (const std::out_of_range &error) {
        std::cout << "caught " << std::strlen(error.what()) << std::endl;
    }
    std::thread([] { own = 8; }).join();
    std::vector<char> big(1 << 22, 'x');
    std::vector<char> copy(big.size());
    std::memcpy(copy.data(), big.data(), big.size());
    std::cout << own << std::memcmp(copy.data(), big.data(), big.size()) << std::endl;
    std::atexit([] { std::puts("leaving"); });
    return 3;
}
