"""Formats: readers and writers of the files people bring and take away, and the dataset card."""

from synthsmith.formats.card import CardInfo
from synthsmith.formats.problem import Problem, ProblemCandidate, ProblemTest
from synthsmith.formats.problems import read_problems
from synthsmith.formats.publish import Published, publish
from synthsmith.formats.results import (
    JudgeResult,
    VerifyResult,
    continued_output,
    encode_line,
    judge_line,
    verify_line,
)
from synthsmith.formats.taco import InputOutput, read_input_output, write_input_output

__all__ = [
    "CardInfo",
    "InputOutput",
    "JudgeResult",
    "Problem",
    "ProblemCandidate",
    "ProblemTest",
    "Published",
    "VerifyResult",
    "continued_output",
    "encode_line",
    "judge_line",
    "publish",
    "read_input_output",
    "read_problems",
    "verify_line",
    "write_input_output",
]
