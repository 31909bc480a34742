"""The result in words and tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from synthsmith.evaluate.contamination import CAVEAT, PUBLISHED
from synthsmith.evaluate.contamination import Drop as DateDrop
from synthsmith.evaluate.metrics import AvgAtK, Difference
from synthsmith.evaluate.result import Counts, Reproduction, Result
from synthsmith.evaluate.rivals import SOURCE, Rival, rivals


def sections(result: Result) -> dict[str, str]:
    """The report in Markdown, by section in order; those with nothing to tell are left out."""
    settings = result.settings
    parts = {
        "score": f"# {_plain(settings.model.name)} on {_plain(settings.problems.name)}\n\n"
        + headline(result),
        "endings": "## How answers ended\n\n" + _counts(result.counts),
        "difficulties": _group("By difficulty", "difficulty", result.by_difficulty),
        "platforms": _group("By platform", "platform", result.by_platform),
        "months": _group("By month of release", "month", result.by_month),
        "drop": _drop(result.drop) if result.drop else "",
        "rivals": _rivals(result) if settings.problems.kind == "livecodebench" else "",
        "disagreements": _disagreements(result),
        "settings": _settings(result),
    }
    return {name: text for name, text in parts.items() if text}


def markdown(result: Result) -> str:
    """The whole report."""
    return "\n\n".join(sections(result).values()) + "\n"


def headline(result: Result) -> str:
    """The score with its window, never without it."""
    problems, score = result.settings.problems, result.score
    dates = f", released {problems.first_date} to {problems.last_date}"
    lines = [
        f"**avg@{score.samples} {_percent(score.mean)}** over {problems.count} problems of "
        f"{problems.window}{dates if problems.first_date else ''}: {_doubts(score)}."
    ]
    published = problems.window.published
    if published is not None and published != problems.count:
        lines.append(
            f"{problems.window.name} is known to have {published} problems, here it has "
            f"{problems.count}, so the score is not comparable to published ones. What belongs to "
            "a release is told by the names of LiveCodeBench's files, test.jsonl to test6.jsonl."
        )
    at = ", ".join(f"pass@{k} {_percent(value)}" for k, value in result.pass_at.items())
    lines.append(f"{at} (unbiased).")
    if lost := result.counts.judge_errors:
        high = _percent(result.counts.score_if_passed)
        lines.append(
            f"**{lost} answers could not be judged** and stand as not passed: the score lies "
            f"between {_percent(score.mean)} and {high}. Run the same command again to judge them."
        )
    return "\n\n".join(lines)


def comparison(before: Result, found: Reproduction) -> str:
    """What ``--reproduce`` found."""
    changed = len(found.changed_problems)
    return (
        f"reproduced avg@{before.score.samples}: {_percent(before.score.mean)} before, difference "
        f"{_signed(found.difference)}; {found.same_grades} of {found.grades} grades are the same, "
        f"{changed} problems differ"
    )


def _settings(result: Result) -> str:
    settings, where = result.settings, result.environment
    rows = [
        ("model", f"{settings.model.name} ({settings.model.kind})"),
        ("model digest", settings.model.digest),
        ("problems", f"{settings.problems.name}, digest {settings.problems.digest[:16]}"),
        ("window", str(settings.problems.window)),
        ("samples a problem", str(settings.n)),
    ]
    if prompt := settings.prompt:
        template = f", template {prompt.template[:16]}" if prompt.template else ""
        rows.append(("prompt", f"{prompt.name}{template}, all messages {prompt.digest[:16]}"))
    if sampling := settings.sampling:
        drawn = f"temperature {sampling.temperature:g}, top_p {sampling.top_p:g}"
        batch = f", {sampling.batch} at once" if sampling.batch else ""
        rows.append(
            ("sampling", f"{drawn}, {sampling.max_tokens} tokens, seed {sampling.seed}{batch}")
        )
    rows += [
        ("program", settings.extraction),
        ("grading", settings.grading),
        ("judge", f"SynthSmith {where.synthsmith}, tier {where.judge_tier}, "
                  f"{where.judge_version[:16]}"),
    ]  # fmt: skip
    return "## Settings\n\n" + _table(["", ""], [row for row in rows if row[1]])


def _counts(counts: Counts) -> str:
    whole = counts.answers
    rows = [
        ("answers", whole), ("passed all tests", counts.passed),
        ("cut by length", counts.cut_by_length), ("without code", counts.no_code),
        ("refused by the endpoint", counts.refused), ("timed out", counts.timed_out),
        ("too close to a limit to be called from one run", counts.near_limit),
        ("not judged (judge errors)", counts.judge_errors),
    ]  # fmt: skip
    rows += [(f"status {name}", count) for name, count in counts.statuses.items()]
    table = _table(
        ["", "answers", "share"],
        [(name, str(count), _percent(count / whole)) for name, count in rows],
    )
    if counts.mean_tokens is None:
        return table
    return f"{table}\n\nMean length {counts.mean_tokens:,.0f} tokens."


def _group(title: str, name: str, groups: dict[str, AvgAtK]) -> str:
    if not groups:
        return ""
    metric = f"avg@{next(iter(groups.values())).samples}"
    rows = [
        (key, str(one.problems), _percent(one.mean), f"{_percent(one.low)} to {_percent(one.high)}")
        for key, one in groups.items()
    ]
    return f"## {title}\n\n" + _table([name, "problems", metric, "95% over problems"], rows)


def _drop(drop: DateDrop) -> str:
    adjusted = ""
    if drop.same_difficulty is not None:
        adjusted = f" At equal difficulty: {_points(drop.same_difficulty)} points."
    rows = [
        (f"**this model**, at {drop.cutoff}", _percent(drop.earlier), _percent(drop.later),
         f"**{_points(drop.drop.mean)}** ({_points(drop.drop.low)} to {_points(drop.drop.high)})"),
        *((f"{name}, old to new release, as published", f"{old}%", f"{new}%", f"{old - new:.1f}")
          for name, (old, new) in PUBLISHED.items()),
    ]  # fmt: skip
    return (
        "## Contamination\n\n"
        f"{drop.earlier_problems} problems from before {drop.cutoff}, {drop.later_problems} from "
        f"then on.{adjusted}\n\n"
        f"{_table(['', 'earlier', 'later', 'drop in points (95% over problems)'], rows)}\n\n"
        f"The published figures ({SOURCE}) are between other windows: they tell how far a drop may "
        f"go, not what this one should be.\n\n{CAVEAT}"
    )


def _disagreements(result: Result) -> str:
    found = result.disagreements
    if not found:
        return ""
    rows = [(name, str(sample)) for name, sample in found[:200]]
    return (
        "## Grades other than the file's\n\n"
        f"{len(found)} answers are graded otherwise in the file they came from.\n\n"
        + _table(["problem", "sample"], rows)
    )


def _rivals(result: Result) -> str:
    window, score = result.settings.problems.window.name, result.score
    metric = f"avg@{score.samples}"
    mine = {window: f"**{100 * score.mean:.1f}**"}
    rows = [_rival(one, metric) for one in rivals()]
    if window in ("v5", "v6"):
        name = f"**{_plain(result.settings.model.name)}**"
        figures = (mine.get("v5", ""), mine.get("v6", ""))
        rows.insert(0, (name, "", "", "", f"**{metric}**", *figures, ""))
    other = (
        ""
        if window in ("v5", "v6")
        else f" This evaluation is over {result.settings.problems.window}, which none of the others"
        " is: its score stands at the top of this report and not in this table."
    )
    return (
        "## Beside published figures\n\n"
        f"Points of 100 as {SOURCE} gives them. Their metrics differ, or are not told: only rows "
        f"marked = are of {metric} as well, and even there prompt, length of answer and window "
        f"may not be the same.{other}\n\n"
        + _table(["model", "size", "data", "tasks", "metric", "v5", "v6", ""], rows)
    )


def _rival(one: Rival, metric: str) -> Sequence[str]:
    def points(value: float | None, pm: float | None) -> str:
        return "" if value is None else f"{value}" + (f" ±{pm}" if pm is not None else "")

    told = one.metric or "not told"
    same = "=" if one.metric == metric else ""
    return (one.model, one.size, one.data, one.tasks, told, points(one.v5, one.v5_pm),
            points(one.v6, one.v6_pm), same)  # fmt: skip


def _doubts(score: AvgAtK) -> str:
    over = f"95% interval over problems {_percent(score.low)} to {_percent(score.high)}"
    if score.se_samples is None or score.run_sd is None:
        return f"{over}; one sample cannot tell its own error"
    return (
        f"standard error over samples {_points(score.se_samples)} points, {over}; "
        f"the {score.samples} runs differ by {_points(score.run_sd)} (standard deviation)"
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [_line(head), _line(["---"] * len(head)), *map(_line, rows)]
    return "\n".join(lines)


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _plain(text: str) -> str:
    return " ".join(text.split())


def _percent(share: float) -> str:
    return f"{100 * share:.1f}%"


def _points(share: float) -> str:
    return f"{100 * share:.1f}"


def _signed(one: Difference) -> str:
    return (
        f"{100 * one.mean:+.1f} points (standard error over problems {_points(one.se)}, 95% "
        f"{100 * one.low:+.1f} to {100 * one.high:+.1f})"
    )
