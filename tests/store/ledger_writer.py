"""A writer to be killed: ``ledger_writer.py FOLDER SEED``.

Prints ``NUMBER`` once that number's body was reported committed, and whatever was cut on opening.
Bodies are those of ``ledger_body``, whose lengths vary from nothing to some 20 KB.
"""

import asyncio
import random
import sys
from pathlib import Path

from synthsmith.store.ledger import Ledger


def ledger_body(number: int) -> bytes:
    """The body kept under ``str(number)``."""
    source = random.Random(number)
    return source.randbytes(source.choice([0, 10, 300, 20_000]))


async def write(folder: Path, seed: int) -> None:
    source = random.Random(seed)
    Ledger.PACK_BYTES, Ledger.INTERVAL_S = 200_000, 0.01
    async with Ledger(folder) as ledger:
        print("open", *ledger.messages, flush=True)
        number = 0
        while True:
            waiting = []
            for _ in range(source.randrange(1, 20)):
                if ledger.get("execution", str(number)) is None:
                    ledger.attempt("execution", str(number))
                    ledger.put("execution", str(number), ledger_body(number))
                    waiting.append(number)
                number += 1
            if waiting:
                if source.random() < 0.5:
                    await asyncio.sleep(source.random() * 0.02)
                await ledger.commit()
                print(waiting[-1], flush=True)


if __name__ == "__main__":
    asyncio.run(write(Path(sys.argv[1]), int(sys.argv[2])))
