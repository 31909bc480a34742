"""``synthsmith train cluster``: accelerate's configuration and the line that launches with it."""

from __future__ import annotations

from pathlib import Path

from synthsmith.commands.progress import print_line
from synthsmith.recipe import load_recipe


def prepare_cluster(recipe: Path, out: Path | None, cpu: bool) -> None:
    """Write the launch files and print the script as the last line. Raises InputError."""
    from synthsmith.train.cluster import write_cluster

    read = load_recipe(recipe)
    folder = out or Path("runs") / read.name / "cluster"
    _, script = write_cluster(read.train, recipe, folder, cpu=cpu)
    nodes, each = read.train.nodes, read.train.gpus_per_node
    print_line(f"run it on each of {nodes} nodes, {each} processes a node; it says how")
    print(script)
