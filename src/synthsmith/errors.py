"""The error tree, and every reason a record can leave the road for.

::

    SynthSmithError            exit code
    ├── InputError             2   bad input, settings, or a damaged file
    ├── BudgetError            3   a budget is spent; the same command resumes
    ├── EndpointError          4   a teacher or cluster is gone; the same command resumes
    ├── InterruptedRun       130   Ctrl-C
    └── Drop                   -   not a failure of the run: one record leaves the road

The command line prints a ``SynthSmithError`` as one line and exits with its code.
"""

from __future__ import annotations

from enum import StrEnum


class SynthSmithError(Exception):
    """Base of every error a person can act on; ``str()`` is one line saying what and what to do."""

    exit_code = 1


class InputError(SynthSmithError):
    """Bad input of any kind: a recipe, a folder, a file, a setting, a damaged ledger."""

    exit_code = 2


class BudgetError(SynthSmithError):
    """A budget is reached; everything paid for is kept and the same command resumes."""

    exit_code = 3


class EndpointError(SynthSmithError):
    """An endpoint or cluster is gone; everything paid for is kept and the same command resumes."""

    exit_code = 4


class InterruptedRun(SynthSmithError):
    """The person pressed Ctrl-C; everything paid for is kept and the same command resumes."""

    exit_code = 130


class DropReason(StrEnum):
    """Why a record left the road. The report counts them; each is raised in exactly one stage."""

    # seeds
    NOT_CODE = "not_code"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    TOO_SMALL = "too_small"
    NOT_TEXT = "not_text"
    SYNTAX_ERROR = "syntax_error"
    DUPLICATE = "duplicate"
    # a teacher's replies
    CUT_BY_LENGTH = "cut_by_length"
    REPETITION = "repetition"
    FILTERED = "filtered"
    REFUSED_BY_ENDPOINT = "refused_by_endpoint"
    MALFORMED_REPLY = "malformed_reply"
    NO_CODE = "no_code"
    # features and selection
    NO_FEATURES = "no_features"
    INCOMPATIBLE_FEATURES = "incompatible_features"
    # tasks and inputs
    INCOMPLETE_TASK = "incomplete_task"
    TOO_FEW_CANDIDATES = "too_few_candidates"
    TOO_FEW_INPUTS = "too_few_inputs"
    INVALID_INPUT = "invalid_input"
    GENERATOR_FAILED = "generator_failed"
    # dual verification
    FEW_CLEAN_EXITS = "few_clean_exits"
    NO_CONSENSUS = "no_consensus"
    TOO_FEW_TESTS = "too_few_tests"
    SAMPLES_CONTRADICT_VOTE = "samples_contradict_vote"
    GOLDEN_NOT_FOUND = "golden_not_found"
    GOLDEN_UNSUPPORTED = "golden_unsupported"
    HOLDOUT_FAILED = "holdout_failed"
    # curation
    NEAR_DUPLICATE = "near_duplicate"
    # files people bring
    BAD_RECORD = "bad_record"


class Drop(SynthSmithError):
    """One record leaves the road for ``reason``; the run goes on.

    A stage raises it; the caller that knows the record's id turns it into a ``Dropped`` record.
    ``stage`` is the module name of the stage it left.
    """

    stage = ""

    def __init__(self, reason: DropReason, detail: str = "") -> None:
        super().__init__(f"{reason.value}: {detail}" if detail else reason.value)
        self.reason = reason
        self.detail = detail
