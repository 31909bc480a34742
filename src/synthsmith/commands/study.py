"""``synthsmith study``: the studies of the paper, on one's own recipe."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from synthsmith.commands.progress import print_line
from synthsmith.commands.train import dataset_folder, run_folder
from synthsmith.errors import InputError
from synthsmith.recipe import load_recipe


def study_rl_gain(
    path: Path, data: Path | None, out: Path | None, seeds: Sequence[int], samples: int
) -> None:
    """Run the study of RL's gain and print its table. Raises SynthSmithError."""
    from synthsmith.studies.rl import markdown, study_rl

    if not seeds:
        raise InputError("name at least one --seed")
    recipe = load_recipe(path)
    folder = out or run_folder(recipe) / "study-rl"
    study = study_rl(
        path, recipe.train, dataset_folder(recipe, data), folder, seeds, samples, print_line
    )
    print(markdown(study))
    print(folder / "study.md")
