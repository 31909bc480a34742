"""What fails inside the libraries while training, as errors a person can act on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from safetensors import SafetensorError

from synthsmith.errors import InputError
from synthsmith.evaluate.local_model import out_of_memory

NOT_A_NUMBER = (
    "lower learning_rate or lengthen warmup, and train into another folder with --out, for the "
    "checkpoints of this one may be spoilt"
)
_DISK = ("No space left", "PytorchStreamWriter", "inline_container", "file write failed")


@contextmanager
def told() -> Iterator[None]:
    """Raises InputError where memory or disk are full, or a model's outputs are no numbers."""
    try:
        yield
    except (RuntimeError, SafetensorError) as error:
        text = str(error)
        if isinstance(error, RuntimeError) and out_of_memory(error):
            raise InputError(
                "a step does not fit into memory: lower micro_batch or max_length, or spread the "
                "model over more processes with train.parallel (--dry-run tells what it needs)"
            ) from None
        if any(sign in text for sign in _DISK):
            raise InputError(
                f"cannot write a checkpoint, the disk may be full: {text.splitlines()[0]}"
            ) from None
        if "probability tensor contains" in text:
            raise InputError(f"the model's outputs are no numbers: {NOT_A_NUMBER}") from None
        raise
