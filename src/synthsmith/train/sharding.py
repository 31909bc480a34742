"""FSDP where there is no GPU."""

from __future__ import annotations

import os

from accelerate import PartialState
from accelerate.utils import DistributedType


def shard_without_gpu() -> None:
    """Let processes of CPUs that were launched with an FSDP configuration really shard the model.

    accelerate (1.15) otherwise replicates it, silently, though FSDP2 itself runs over gloo. To be
    called between the making of the trainer's arguments, which set the state, and of the trainer.
    With GPUs, one process, or another configuration it does nothing.
    """
    state = PartialState()
    wanted = os.environ.get("ACCELERATE_USE_FSDP", "").lower() == "true"
    if wanted and state.distributed_type == DistributedType.MULTI_CPU:
        state.distributed_type = DistributedType.MULTI_GPU
