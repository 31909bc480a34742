"""A judge for each file of tests; such files are marked with ``loop_scope="module"``."""

from __future__ import annotations

import pytest_asyncio

from synthsmith.judge import Judge


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def judge():
    async with Judge(workers=2) as judge:
        yield judge
