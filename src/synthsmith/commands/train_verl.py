"""``synthsmith train verl``: RL on a cluster by verl, its rows, settings and launch scripts."""

from __future__ import annotations

from pathlib import Path

from synthsmith.commands.progress import print_line
from synthsmith.commands.train import (
    dataset_folder,
    require_checkpoint,
    run_folder,
    trained_model,
)
from synthsmith.recipe import load_recipe


def prepare_verl(recipe: Path, data: Path | None, out: Path | None, start: str) -> None:
    """Write what verl needs and print the launch script as the last line.

    ``start`` is a checkpoint folder or a hub id, "" the recipe's own SFT model. Raises InputError.
    """
    from synthsmith.train.data import load_dataset
    from synthsmith.train.verl import write_verl

    read = load_recipe(recipe)
    own = trained_model(read)
    if not start:
        require_checkpoint(own)
    rows = load_dataset(dataset_folder(read, data), read.train.data, read.seed)
    script = write_verl(read, rows, start or str(own), out or run_folder(read) / "verl")
    counts = {split: len(found) for split, found in rows.rl.items()}
    print_line(f"rows: {counts['train']} train, {counts['validation']} validation")
    print_line(f"run it on each of {read.train.nodes} nodes, with verl 0.9.1 and synthsmith there")
    print(script)
