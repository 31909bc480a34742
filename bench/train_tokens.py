"""Training tokens per second of ``train sft`` beside a bare PyTorch loop on the same tiny model.

    python bench/train_tokens.py DATASET [--steps 150] [--rounds 3]

DATASET is a published dataset folder (``synthsmith run recipes/lists.toml``). Each way trains the
model of recipes/lists.toml on the same rows in a process of its own, with one thread, in turns.
Counted are tokens without padding a second of CPU time of the training loop, medians over the
rounds. Prints Markdown.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import statistics
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import msgspec

RECIPE = Path(__file__).parents[1] / "recipes" / "lists.toml"


def prepared(dataset: Path, steps: int) -> tuple[Any, Any, Any, list[Any]]:
    """Settings, data, and model with tokenizer from scratch."""
    os.environ["OMP_NUM_THREADS"] = "1"
    import torch

    from synthsmith.recipe import load_recipe
    from synthsmith.train.data import in_order, load_dataset
    from synthsmith.train.sft import fitting, starting_point

    torch.set_num_threads(1)
    settings = load_recipe(RECIPE).train
    sft = msgspec.structs.replace(settings.sft, max_steps=steps, evaluate_every=0)
    settings = msgspec.structs.replace(settings, sft=sft, checkpoint_every=10**6)
    data = load_dataset(dataset, settings.data, settings.seed)
    rows = in_order(data.sft["train"], settings.data, settings.seed)
    model, tokenizer = starting_point(settings, rows, None)
    return settings, data, (model, tokenizer), fitting(rows, tokenizer, settings)


def bare(dataset: Path, steps: int, grouped: bool) -> float:
    """A loop of our own: pad, forward, backward, clip, AdamW with a cosine."""
    settings, _, (model, tokenizer), rows = prepared(dataset, steps)
    import torch

    def encode(row: Any) -> tuple[list[int], list[int]]:
        turn = [{"role": "user", "content": row.query}]
        prompt = tokenizer.apply_chat_template(turn, add_generation_prompt=True, tokenize=False)
        head = tokenizer(prompt)["input_ids"]
        tail = tokenizer(f"{row.response}<|im_end|>\n")["input_ids"]
        return head + tail, [-100] * len(head) + tail

    data = [encode(row) for row in rows]
    size = settings.sft.batch
    order = random.Random(1).sample(range(len(data)), len(data))
    if grouped:  # as the trainer does: sorted within 50 batches
        spans = [order[i : i + 50 * size] for i in range(0, len(order), 50 * size)]
        order = [i for span in spans for i in sorted(span, key=lambda i: -len(data[i][0]))]
    batches = [order[i : i + size] for i in range(0, len(order) - size + 1, size)]
    random.Random(2).shuffle(batches)
    sft = settings.sft
    optimizer = torch.optim.AdamW(
        model.parameters(), sft.learning_rate, (0.9, sft.beta2), weight_decay=sft.weight_decay
    )
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    model.train()
    tokens, begin = 0, time.process_time()
    for step in range(steps):
        batch = [data[i] for i in batches[step % len(batches)]]
        width = max(len(ids) for ids, _ in batch)
        pad = tokenizer.pad_token_id
        ids = torch.tensor([ids + [pad] * (width - len(ids)) for ids, _ in batch])
        labels = torch.tensor([known + [-100] * (width - len(known)) for _, known in batch])
        mask = torch.tensor([[1] * len(ids) + [0] * (width - len(ids)) for ids, _ in batch])
        loss = model(input_ids=ids, attention_mask=mask, labels=labels).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), sft.clip)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        tokens += int(mask.sum())
    return tokens / (time.process_time() - begin)


def road(dataset: Path, steps: int, grouped: bool) -> float:
    """What ``train sft`` runs, by our module; without groups in the random order of a curriculum
    of equal difficulty."""
    settings, data, _, _ = prepared(dataset, steps)
    from transformers import TrainerCallback

    from synthsmith.train.session import Session
    from synthsmith.train.sft import train_sft

    if not grouped:
        chosen = msgspec.structs.replace(settings.data, curriculum=True)
        settings = msgspec.structs.replace(settings, data=chosen)
        every = [msgspec.structs.replace(row, difficulty=0.0) for row in data.sft["train"]]
        data = msgspec.structs.replace(data, sft={**data.sft, "train": tuple(every)})
    found: dict[str, float] = {}

    class Clock(TrainerCallback):  # type: ignore[misc]
        def on_train_begin(self, *_: Any, **__: Any) -> None:
            found["begin"] = time.process_time()

        def on_step_end(self, *_: Any, **__: Any) -> None:
            found["end"] = time.process_time()

        def on_log(self, args: Any, state: Any, control: Any, logs: Any = None, **_: Any) -> None:
            found["tokens"] = logs.get("num_tokens", found.get("tokens", 0.0))

    with tempfile.TemporaryDirectory() as folder:
        train_sft(settings, data, Session(Path(folder), {}), [Clock()])
    return found["tokens"] / (found["end"] - found["begin"])


WAYS = {
    "bare loop": (bare, False),
    "bare loop, rows grouped by length": (bare, True),
    "train sft in plain order": (road, False),
    "train sft, rows grouped by length (what it does)": (road, True),
}


def once(name: str, dataset: Path, steps: int) -> float:
    way, grouped = WAYS[name]
    with contextlib.redirect_stdout(sys.stderr):
        return way(dataset, steps, grouped)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dataset", type=Path)
    parser.add_argument("--steps", type=int, default=150)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    speeds: dict[str, list[float]] = {name: [] for name in WAYS}
    for _ in range(args.rounds):
        for name, found in speeds.items():
            with ProcessPoolExecutor(1, get_context("spawn")) as pool:
                found.append(pool.submit(once, name, args.dataset, args.steps).result())
    base = statistics.median(speeds["bare loop"])
    print("| way | tokens a CPU second | of the bare loop |\n|---|---|---|")
    for name, found in speeds.items():
        middle = statistics.median(found)
        print(f"| {name} | {middle:,.0f} | {middle / base:.2f} |")


if __name__ == "__main__":
    main()
