"""Checkers that are programs, in both protocols and both languages, good and broken."""

from __future__ import annotations

import pytest

from synthsmith.errors import InputError
from synthsmith.judge import Judge
from synthsmith.records import CheckerProgram, Limits

TESTLIB = """
import sys
read = lambda path: open(path).read().split()
data, said, right = map(read, sys.argv[1:4])
sys.exit(0 if sorted(said) == sorted(right) else 1)
"""
KATTIS = """
#include <fstream>
#include <iostream>
#include <string>
int main(int argc, char **argv) {
  std::ifstream answer(argv[2]);
  std::ofstream(std::string(argv[3]) + "judgemessage.txt") << "seen";
  long long said, right;
  if (!(std::cin >> said)) return 43;
  answer >> right;
  return said == right ? 42 : 43;
}
"""


pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("language", "protocol", "code", "output", "status"),
    [
        ("python", "testlib", TESTLIB, "2 1", "accepted"),
        ("python", "testlib", TESTLIB, "2 2", "wrong_answer"),
        ("cpp", "kattis", KATTIS, "12", "wrong_answer"),
        ("cpp", "kattis", KATTIS, "", "wrong_answer"),
        ("cpp", "kattis", "int main() { return 0; }", "12", "checker_error"),
        ("cpp", "testlib", "int main() { return 3; }", "12", "checker_error"),
        ("cpp", "testlib", "int main() { nonsense }", "12", "checker_error"),
        ("python", "testlib", "1 +", "12", "checker_error"),
        ("python", "testlib", "import os; os.kill(os.getpid(), 9)", "12", "checker_error"),
    ],
)
async def test_program(judge, language, protocol, code, output, status):
    checker = CheckerProgram(language=language, code=code, protocol=protocol)
    assert await judge.check(checker, "2\n1 2", output, "1 2", Limits()) == status


async def test_one_check_leaves_nothing_for_the_next(judge):
    plant = "open('feedback/left', 'w').write('x'); open('here', 'w')"
    look = "import os, sys\nsys.exit(bool(os.listdir('feedback')) or os.path.exists('here'))"
    for code in (plant, look):
        checker = CheckerProgram(language="python", code=code)
        last = await judge.check(checker, "", "", "", Limits())
    assert last == "accepted"


async def test_a_kattis_checker_accepts(judge):
    checker = CheckerProgram(language="cpp", code=KATTIS, protocol="kattis")
    assert await judge.check(checker, "", "7\n", "7\n", Limits()) == "accepted"


async def test_headers_from_the_folder_the_user_names(tmp_path):
    (tmp_path / "helper.h").write_text("inline int answer() { return 0; }\n")
    code = '#include "helper.h"\nint main() { return answer(); }'
    checker = CheckerProgram(language="cpp", code=code)
    tmp_path.chmod(0o700)
    with pytest.raises(InputError, match="every user may read"):
        await Judge(include=tmp_path).__aenter__()
    tmp_path.chmod(0o755)
    async with Judge(workers=1, include=tmp_path) as with_headers:
        assert await with_headers.check(checker, "", "", "", Limits()) == "accepted"
