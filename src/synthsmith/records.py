"""Every record that crosses a stage boundary: frozen, typed, in one place.

Codes and statements are ``str`` (Unicode); program inputs and outputs are ``str`` here too, and
UTF-8 with ``surrogateescape`` inside the judge, so that any byte a program writes survives.
Times are milliseconds of CPU, memory is KiB, unless a name says otherwise.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, Literal

import msgspec

from synthsmith.errors import DropReason

SCHEMA_VERSION = 1
"""Part of every ledger key and of the run folder; a change of meaning raises it."""

Language = Literal["python", "cpp"]
Style = Literal["codeforces", "atcoder", "leetcode"]
Io = Literal["stdin", "function"]
Finish = Literal["stop", "length", "repetition", "filtered", "error"]
InputOrigin = Literal["prompt", "generator", "edge", "stress", "mutation", "sample"]
Split = Literal["select", "holdout"]
Role = Literal["core", "support", "twist"]
Status = Literal[
    "accepted",
    "ran",
    "wrong_answer",
    "time_limit_exceeded",
    "memory_limit_exceeded",
    "output_limit_exceeded",
    "runtime_error",
    "compile_error",
    "security_violation",
    "checker_error",
    "judge_error",
    "not_run",
]


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of all records: immutable, keyword-only, strict when decoded."""


class Seed(Record, frozen=True):
    """One code sample of the corpus. ``origin`` is where it came from (a relative path)."""

    id: str
    language: Language
    code: str
    origin: str


class Feature(Record, frozen=True):
    """A path from category to leaf, ``("algorithm", "graph", "shortest path", "Dijkstra")``.

    ``count`` is the number of seeds (or evolved replies) that showed it.
    """

    path: tuple[str, ...]
    count: int
    origin: Literal["extracted", "evolved"]


class FeatureTree(Record, frozen=True):
    """All features of a corpus, one per path, sorted by path; ``digest`` names this very tree."""

    features: tuple[Feature, ...]
    digest: str

    def __hash__(self) -> int:
        return hash(self.digest)


class SelectedFeature(Record, frozen=True):
    """A feature and the part it plays in the task to be written."""

    path: tuple[str, ...]
    role: Role


class Selection(Record, frozen=True):
    """The features a task is written from, with the teacher's idea of how they fit together."""

    features: tuple[SelectedFeature, ...]
    strategy: str
    tree_digest: str


class Sample(Record, frozen=True):
    """An example shown in a statement."""

    input: str
    output: str
    explanation: str = ""


class CheckerProgram(Record, frozen=True):
    """A checker that came with a task; hostile like any other program, run in the judge only."""

    language: Language
    code: str
    protocol: Literal["testlib", "kattis"] = "testlib"


Checker = str | CheckerProgram
"""``tokens`` | ``exact`` | ``lines-unordered`` | ``lines-decimal`` | ``json`` | ``floats:E`` | a
program (design section 4)."""


class Limits(Record, frozen=True):
    """Limits of one execution. CPU time is judged; wall time is the backstop."""

    time_limit_s: float = 2.0
    """CPU seconds."""
    memory_limit_mb: int = 512
    """Peak memory, MiB."""
    output_limit_mb: int = 64
    """What a program may write, MiB."""

    @property
    def wall_limit_s(self) -> float:
        """Three times the CPU limit plus one second."""
        return 3 * self.time_limit_s + 1


class Task(Record, frozen=True):
    """A problem as a contestant sees it.

    ``statement`` is Markdown with the sections Input, Output and Constraints but without title
    and samples; ``text`` is the whole. ``fn_name`` and ``starter_code`` belong to ``io="function"``
    (LeetCode style), where an input holds one JSON argument a line and the output is JSON.
    """

    id: str
    style: Style
    title: str
    statement: str
    samples: tuple[Sample, ...]
    io: Io = "stdin"
    fn_name: str = ""
    starter_code: str = ""
    checker: Checker = "tokens"
    limits: Limits = Limits()
    features: tuple[tuple[str, ...], ...] = ()

    @property
    def text(self) -> str:
        """The whole statement: title, body, samples, starter code."""
        parts = [f"# {self.title}", self.statement.strip()]
        for number, sample in enumerate(self.samples, 1):
            shown = [
                f"## Example {number}",
                f"Input:\n```\n{sample.input.strip()}\n```",
                f"Output:\n```\n{sample.output.strip()}\n```",
            ]
            if sample.explanation:
                shown.append(f"Explanation: {sample.explanation.strip()}")
            parts.append("\n\n".join(shown))
        if self.starter_code:
            parts.append(f"## Starter code\n\n```python\n{self.starter_code.strip()}\n```")
        return "\n\n".join(parts) + "\n"


class Usage(Record, frozen=True):
    """Tokens of one completion; ``None`` where the teacher does not say, never 0 for unknown."""

    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    reasoning_tokens: int | None = None
    cached_tokens: int | None = None


class Message(Record, frozen=True):
    """One chat message."""

    role: Literal["system", "user", "assistant"]
    content: str


PromptKind = Literal[
    "extract", "evolve", "select", "formulate", "solve", "inputs", "generator", "validator"
]


class CompletionRequest(Record, frozen=True):
    """One sample of one prompt.

    ``index`` tells apart samples of the same prompt, each of which also has a ``seed`` of its own;
    ``extra`` is what an endpoint gets beside the standard parameters. ``model`` names what
    answers. All of it but ``kind`` is the ledger key; URLs and time-outs are not here.
    """

    kind: PromptKind
    model: str
    messages: tuple[Message, ...]
    temperature: float = 1.0
    top_p: float = 1.0
    max_tokens: int = 32_768
    seed: int = 0
    index: int = 0
    extra: dict[str, Any] = {}


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


class Completion(Record, frozen=True):
    """A teacher's answer to one request."""

    text: str
    reasoning: str
    finish: Finish
    usage: Usage
    model: str


class Program(Record, frozen=True):
    """What the judge runs. ``io="function"`` (Python) calls ``fn_name`` of the code or of its
    ``Solution`` class with the JSON arguments of the input, one a line."""

    language: Language
    code: str
    io: Io = "stdin"
    fn_name: str = ""


class Candidate(Record, frozen=True):
    """One attempt at a task. ``finish`` other than ``stop`` means ``code`` may be empty."""

    id: str
    task_id: str
    teacher: str
    reasoning: str
    answer: str
    code: str
    language: Language
    usage: Usage
    finish: Finish


class TestInput(Record, frozen=True):
    """An input for a task's programs; it has no expected output yet."""

    __test__ = False

    id: str
    input: str
    origin: InputOrigin


class Verdict(Record, frozen=True):
    """What the judge says of one execution.

    ``ran`` is a clean exit on a test without expected output; ``not_run`` was skipped by early
    stop; ``judge_error`` is the judge's own fault, retried, and never a wrong answer.
    ``near_limit`` marks a measurement too close to a limit to be called from one run.
    """

    status: Status
    time_ms: float = 0.0
    memory_kb: int = 0
    output_digest: str = ""
    tier: str = ""
    near_limit: bool = False
    detail: str = ""


class Execution(Record, frozen=True):
    """A verdict together with what the program wrote (empty unless it ended cleanly)."""

    verdict: Verdict
    output: str = ""


class LabeledTest(Record, frozen=True):
    """An input and the voted output. ``confidence`` is the share of the clean answers that agree
    with it (0 to 1), ``weight`` is 0 to 2 and grows with how well the test tells candidates apart.
    """

    input: str
    output: str
    confidence: float
    weight: float
    split: Split
    origin: InputOrigin


class Vote(Record, frozen=True):
    """Step 1 of dual verification: the labelled tests, and who agrees with them.

    ``passed[candidate id][i]`` says whether the candidate's output agrees with ``tests[i]``.
    """

    tests: tuple[LabeledTest, ...]
    passed: dict[str, tuple[bool, ...]]


class VerifiedTask(Record, frozen=True):
    """A task whose golden solution was picked on one half of its tests, confirmed on the other.

    ``solutions`` is every distinct candidate that passes all tests (the golden one first),
    ``pass_rates`` maps candidate id to the share of tests passed, ``difficulty`` is the share of
    candidates that do not pass all tests.
    """

    task: Task
    tests: tuple[LabeledTest, ...]
    golden: Candidate
    solutions: tuple[Candidate, ...]
    pass_rates: dict[str, float]
    holdout_pass_rate: float
    difficulty: float


DropKind = Literal["seed", "feature", "task", "candidate", "input", "problem"]


class Dropped(Record, frozen=True):
    """A record that left the road: what, where, and why."""

    kind: DropKind
    id: str
    stage: str
    reason: DropReason
    detail: str = ""


class Outcome(Record, frozen=True):
    """What became of one task index, and every drop on its way.

    ``stage`` is where the task left the road, "" for a verified one, whose ``VerifiedTask`` the
    ledger keeps beside this, for it is a thousand times larger; ``verdicts`` counts execution
    statuses by teacher. Times are in the ledger's executions, never here.
    """

    index: int
    stage: str
    task: Task | None = None
    drops: tuple[Dropped, ...] = ()
    verdicts: dict[str, dict[str, int]] = {}


class Summary(Record, frozen=True):
    """Counts over a whole run, for the card and the report; nothing in it is measured in time.

    ``left`` maps a stage to the number of tasks that left the road there; ``evolved`` has the
    new features of each round; ``verdicts`` counts execution statuses by teacher.
    """

    seeds: int
    extracted: int
    evolved: tuple[int, ...]
    attempted: int
    left: dict[str, int]
    verdicts: dict[str, dict[str, int]]
    published: int
