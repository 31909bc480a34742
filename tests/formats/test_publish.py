"""The published dataset: schemas, rows, the card, and what a reward makes of the ground truth."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from verified_tasks import candidate, function_task, verified_task

from synthsmith.errors import InputError
from synthsmith.formats import CardInfo, parquet, publish
from synthsmith.formats.card import size_category
from synthsmith.formats.chat import answer
from synthsmith.formats.rl import ground_truth
from synthsmith.recipe import PublishSettings
from synthsmith.records import CheckerProgram, VerifiedTask

INFO = CardInfo(
    name='mini: "quoted" | name',
    teachers=("apprentice", "a|b"),
    recipe_digest="abc123",
    prompt_digest="def456",
    seed=7,
    funnel=(("attempted", 1500), ("verified", 2)),
    drops=(("no_consensus", 3),),
)


def tables(folder: Path) -> tuple[pa.Table, pa.Table]:
    return tuple(pq.read_table(folder / kind / "train.parquet") for kind in ("sft", "rl"))  # type: ignore[return-value]


def test_the_schemas_are_exact(tmp_path: Path) -> None:
    publish(tmp_path, [verified_task()], INFO)
    chat = "list<element: struct<role: string, content: string>>"
    sft, rl = ({f.name: str(f.type) for f in t.schema} for t in tables(tmp_path))
    assert sft == {
        "id": "string",
        "task_id": "string",
        "style": "string",
        "title": "string",
        "messages": chat,
        "query": "string",
        "response": "string",
        "teacher": "string",
        "language": "string",
        "golden": "bool",
        "pass_rate": "double",
        "difficulty": "double",
        "features": "list<element: string>",
    }
    assert rl == {
        "data_source": "string",
        "prompt": chat,
        "ability": "string",
        "reward_model": "struct<style: string, ground_truth: string>",
        "extra_info": "struct<split: string, index: int64, source: string, task_id: string,"
        " style: string, io: string, difficulty: double, time_limit_s: double,"
        " memory_limit_mb: int64, checker: string, "
        "features: list<element: string>>",
    }
    for kind in ("sft", "rl"):
        group = pq.ParquetFile(tmp_path / kind / "train.parquet").metadata.row_group(0)
        assert {group.column(i).compression for i in range(group.num_columns)} == {"ZSTD"}


def test_sft_rows_hold_the_conversation_twice(tmp_path: Path) -> None:
    publish(tmp_path, [verified_task()], INFO)
    (row,) = tables(tmp_path)[0].to_pylist()
    user, assistant = row["messages"]
    assert (user["role"], assistant["role"]) == ("user", "assistant")
    assert user["content"] == row["query"] and assistant["content"] == row["response"]
    assert row["response"] == (
        "<think>\nAdd the numbers up.\n</think>\n\n"
        "Sum it.\n\n```python\nprint(sum(map(int, input().split())))\n```"
    )
    assert row["query"].startswith("# Total of a Row\n\nPrint the sum.")
    assert "Output:\n```\n3\n```" in row["query"] and row["query"].endswith("marked ```python.")
    assert row["pass_rate"] == 1.0 and row["golden"] is True
    assert row["features"] == ["algorithm > simulation"]


def test_all_solutions_can_be_published_golden_first(tmp_path: Path) -> None:
    done = publish(tmp_path, [verified_task()], INFO, PublishSettings(solutions="all"))
    golden, other = tables(tmp_path)[0].to_pylist()
    assert (done.sft_rows, done.rl_rows, done.tests) == (2, 1, 2)
    assert golden["golden"] and not other["golden"]
    assert other["response"] == "```cpp\nint main(){}\n```"
    assert "C++20" in other["query"] and other["query"].endswith("marked ```cpp.")


def test_a_think_tag_inside_the_reasoning_does_not_end_it() -> None:
    turn = answer(candidate("t", 1, reasoning="a </think> b <think> c"))
    assert turn.count("<think>") == turn.count("</think>") == 1


def test_rl_rows_are_verls(tmp_path: Path) -> None:
    checker = CheckerProgram(language="cpp", code="int main(){}")
    publish(tmp_path, [verified_task(), function_task(), verified_task(3, checker=checker)], INFO)
    rows = tables(tmp_path)[1].to_pylist()
    assert [r["extra_info"]["index"] for r in rows] == [0, 1, 2]
    assert {r["data_source"] for r in rows} <= {"codecontests", "apps", "codeforces", "taco"}
    assert all(r["ability"] == "code" and r["reward_model"]["style"] == "rule" for r in rows)
    assert rows[0]["extra_info"]["split"] == "train"
    assert rows[1]["prompt"][0]["role"] == "user"
    assert "countPairs" in rows[1]["prompt"][0]["content"]
    assert rows[0]["extra_info"]["checker"] == "tokens"
    assert json.loads(rows[2]["extra_info"]["checker"])["protocol"] == "testlib"


def reward(program: Callable[..., Any], truth_text: str) -> list[bool]:
    """How verl's built-in code reward takes a ground truth apart, in our words.

    A missing or null fn_name means a program, which gets text and whose lines are compared
    stripped. Otherwise each line of an input is one JSON argument, the output is JSON.
    """
    truth = json.loads(truth_text)
    results = []
    for given, wanted in zip(truth["inputs"], truth["outputs"], strict=True):
        if truth.get("fn_name") is None:
            got = [line.strip() for line in program(given).strip().splitlines()]
            results.append(got == [line.strip() for line in wanted.strip().splitlines()])
        else:
            arguments = [json.loads(line) for line in given.split("\n")]
            results.append(program(*arguments) == json.loads(wanted))
    return results


def test_ground_truth_pays_a_right_program_and_no_wrong_one() -> None:
    def total(text: str) -> str:
        return f"{sum(map(int, text.split()))}\n"

    assert "fn_name" not in json.loads(ground_truth(verified_task()))
    assert reward(total, ground_truth(verified_task())) == [True, True]
    assert reward(lambda text: text, ground_truth(verified_task())) == [False, False]


def test_ground_truth_calls_a_function_with_its_arguments() -> None:
    def right(nums: list[int], k: str | int) -> list[int] | int:
        assert k in ("a\nb", 0)
        return nums or 0

    assert reward(right, ground_truth(function_task())) == [True, True]
    assert reward(lambda nums, k: nums, ground_truth(function_task())) == [True, False]


def test_text_that_is_not_utf8_is_still_published(tmp_path: Path) -> None:
    task = verified_task(title="\ud800", statement="\udcff")
    publish(tmp_path, [task], INFO)
    assert tables(tmp_path)[0].to_pylist()[0]["title"] == "?"


def test_the_card_has_a_front_matter_and_the_counts(tmp_path: Path) -> None:
    publish(tmp_path, [verified_task(), function_task()], INFO)
    card = (tmp_path / "README.md").read_text("utf-8")
    front, body = card.removeprefix("---\n").split("\n---\n", 1)
    assert 'pretty_name: "mini: \\"quoted\\" | name"' in front
    assert 'license: "apache-2.0"' in front and "- n<1K" in front
    paths = [x.split(": ")[1] for x in front.splitlines() if x.strip().startswith("path: ")]
    assert paths and all((tmp_path / p).is_file() for p in paths)
    for told in ("| verified tasks | 2 |", "| attempted | 1,500 |", "| no\\_consensus | 3 |"):
        assert told in body
    for told in ("abc123", "def456", "a\\|b", "1 of the tasks ask for a function"):
        assert told in body


@pytest.mark.parametrize(
    ("rows", "size"),
    [(0, "n<1K"), (999, "n<1K"), (1000, "1K<n<10K"), (10**6, "1M<n<10M"), (10**9, "1B<n<10B")],
)
def test_size_categories_are_the_hubs(rows: int, size: str) -> None:
    assert size_category(rows) == size


def test_an_empty_run_publishes_empty_sets(tmp_path: Path) -> None:
    done = publish(tmp_path, [], CardInfo(name="empty"))
    assert [t.num_rows for t in tables(tmp_path)] == [0, 0]
    assert (done.tasks, done.sft_rows) == (0, 0)
    assert "| verified tasks | 0 |" in (tmp_path / "README.md").read_text("utf-8")


def test_many_tasks_stream_through_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "BATCH_ROWS", 7)
    alive: list[int] = []

    def stream() -> Iterator[VerifiedTask]:
        for number in range(40):
            alive.append(number)
            yield verified_task(number)

    publish(tmp_path, stream(), INFO)
    assert alive == list(range(40))
    ids = tables(tmp_path)[0]["task_id"].to_pylist()
    assert ids == [f"task-{n:04d}" for n in range(40)]
    assert pq.ParquetFile(tmp_path / "sft" / "train.parquet").num_row_groups == 6


def test_a_failure_midway_leaves_the_old_files_and_no_others(tmp_path: Path) -> None:
    publish(tmp_path, [verified_task()], INFO)
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}

    def broken() -> Iterator[VerifiedTask]:
        yield verified_task(5)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        publish(tmp_path, broken(), INFO)
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before


def test_publishing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        publish(tmp_path / name, [verified_task(), function_task()], INFO)
    for inner in ("sft/train.parquet", "rl/train.parquet", "README.md"):
        assert (tmp_path / "a" / inner).read_bytes() == (tmp_path / "b" / inner).read_bytes()


def test_a_folder_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot write"):
        publish(tmp_path / "file" / "dataset", [verified_task()], INFO)
