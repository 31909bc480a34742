"""The start of static C++ programs that asks the processor nothing."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from synthsmith.judge.native import CXX_FLAGS
from synthsmith.judge.startup import build_start

PROGRAM = """#include <bits/stdc++.h>
std::map<int, std::string> early{{1, "one"}};
int main() {
    std::string word;
    std::cin >> word;
    try { throw std::runtime_error(word); }
    catch (const std::exception &error) { std::cout << error.what() << early[1] << std::endl; }
    std::vector<std::thread> threads;
    std::atomic<int> sum{0};
    for (int i = 0; i < 4; i++) threads.emplace_back([&, i] { sum += i; });
    for (auto &thread : threads) thread.join();
    std::cout << sum << std::endl;
    std::exit(sum);
}
"""


def test_programs_started_with_it_behave_the_same(tmp_path: Path) -> None:
    start = build_start("g++", tmp_path)
    source = tmp_path / "main.cpp"
    source.write_text(PROGRAM)
    ended = []
    for objects in ([], [start] if start else []):
        command = ["g++", *CXX_FLAGS, "-static", source, *objects, "-o", tmp_path / "main"]
        subprocess.run(command, check=True)
        done = subprocess.run([tmp_path / "main"], input="word", capture_output=True, text=True)
        ended.append((done.returncode, done.stdout, done.stderr))
    assert ended == [(6, "wordone\n6\n", "")] * 2


def test_a_toolchain_it_does_not_know_goes_without(tmp_path: Path) -> None:
    assert build_start(shutil.which("false") or "false", tmp_path) is None
    assert build_start(str(tmp_path / "missing"), tmp_path) is None
