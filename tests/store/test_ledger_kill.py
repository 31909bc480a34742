"""SIGKILL at random moments, again and again on one folder."""

import random
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from ledger_writer import ledger_body

from synthsmith.store import Ledger

ROUNDS = 20


def killed_after(folder: Path, seed: int, seconds: float) -> list[str]:
    """Lines printed by a writer that was killed so long after it had opened the ledger."""
    command = [sys.executable, str(Path(__file__).with_name("ledger_writer.py"))]
    writer = subprocess.Popen(
        [*command, str(folder), str(seed)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    with writer:
        assert writer.stdout and writer.stderr
        first = writer.stdout.readline()
        assert first.startswith(b"open"), writer.stderr.read().decode()
        time.sleep(seconds)
        writer.kill()
        rest = writer.stdout.read().decode()
        assert writer.stderr.read() == b""
    return [first.decode(), *rest.splitlines(keepends=True)]


def test_nothing_reported_committed_is_ever_lost(tmp_path: Path) -> None:
    source = random.Random(5)
    last = -1
    for round_ in range(ROUNDS):
        lines = killed_after(tmp_path, round_, source.random() * 0.25)
        last = max([last, *(int(line) for line in lines[1:] if line.endswith("\n"))])
        # Look without opening: the next writer must cope with what this one left.
        if round_ % 4 == 3:
            with closing(Ledger(tmp_path)) as ledger:
                found = ledger.get_many("execution", map(str, range(last + 1)))
            assert found == [ledger_body(number) for number in range(last + 1)]
    assert last > 100
    with closing(Ledger(tmp_path)) as ledger:
        totals = ledger.totals()["execution"]
        found = ledger.get_many("execution", map(str, range(totals.bodies)))
    assert found == [ledger_body(number) for number in range(totals.bodies)]
    # Each kill repeats at most the batch that was under way.
    assert totals.bodies <= totals.attempts <= totals.bodies + ROUNDS * 20
    (tmp_path / "ledger.sqlite").unlink()
    with closing(Ledger(tmp_path)) as ledger:
        assert ledger.get_many("execution", map(str, range(totals.bodies))) == found
