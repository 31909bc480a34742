"""What a paid call depends on, as a digest: the keys of the ledger."""

from __future__ import annotations

from synthsmith.records import SCHEMA_VERSION, Limits, Program, digest


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
