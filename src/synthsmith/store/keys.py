"""What a paid call depends on, as a digest: the keys of the ledger."""

from __future__ import annotations

import hashlib
import json

import msgspec

from synthsmith.records import CompletionRequest, Limits, Program

SCHEMA_VERSION = 1
"""Part of every key and of the run folder; a change of meaning raises it."""


def digest(value: object) -> str:
    """sha256 (hex) over the canonical JSON of a record or of builtins: sorted keys, no spaces.

    Strings with surrogates (bytes of a program that are not UTF-8) are written as escapes.
    """
    try:
        canonical = msgspec.json.encode(value, order="sorted")
    except UnicodeEncodeError:
        plain = msgspec.to_builtins(value)
        canonical = json.dumps(plain, sort_keys=True, separators=(",", ":")).encode()
    return hashlib.sha256(canonical).hexdigest()


def completion_key(request: CompletionRequest) -> str:
    """Key of one completion: everything in the request but ``kind``, which only labels it."""
    parts = msgspec.structs.asdict(request)
    del parts["kind"]
    return digest({"schema": SCHEMA_VERSION, **parts})


def execution_key(program: Program, judge_version: str, input_digest: str, limits: Limits) -> str:
    """Key of one execution: the program, the judge (toolchain and harness), input and limits."""
    return digest(
        {
            "schema": SCHEMA_VERSION,
            "program": program,
            "judge": judge_version,
            "input": input_digest,
            "limits": limits,
        }
    )
