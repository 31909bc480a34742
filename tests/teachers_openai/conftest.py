"""Loopback only, and no long rests."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def quick_rests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Backing off as ever, only a hundred times faster."""
    monkeypatch.setattr("synthsmith.teachers.openai.endpoint._FIRST_REST_S", 0.005)
    monkeypatch.setattr("synthsmith.teachers.openai.endpoint._LONGEST_REST_S", 0.3)
