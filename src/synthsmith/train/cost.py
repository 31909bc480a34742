"""GPU-hours and memory of SFT and RL, by arithmetic: every formula stands in docs/plan.md too."""

from __future__ import annotations

import math
from typing import Literal

import msgspec

from synthsmith.train.shape import ModelShape
from synthsmith.train_settings import TrainSettings

UTILIZATION = 0.4
"""Share of a GPU's peak that training reaches, recomputation counted as work."""
_LOGITS_AT_ONCE = 256
"""Positions whose logits stand in memory together; the trainers take the loss in chunks."""


class Gpu(msgspec.Struct, frozen=True):
    """Peak of dense bf16 arithmetic, FLOP/s, and memory, bytes: the makers' data sheets."""

    name: str
    peak: float
    memory: float


GPUS = {
    gpu.name: gpu
    for gpu in (
        Gpu("H100", 989e12, 80e9),
        Gpu("H200", 989e12, 141e9),
        Gpu("H20", 148e12, 96e9),
        Gpu("A100", 312e12, 80e9),
        Gpu("L40S", 362e12, 48e9),
        Gpu("core", 1e11, math.inf),
    )
}
"""``core`` is one of a CPU with 256-bit vectors, in fp32; its memory is not its own."""


class Memory(msgspec.Struct, frozen=True, kw_only=True):
    """Bytes on one GPU at the peak of a step; ``cache`` is of rollouts that are being written."""

    weights: float
    gradients: float
    optimizer: float
    working: float
    """bf16 copies of the weights that are being multiplied by."""
    activations: float
    reference: float = 0.0
    cache: float = 0.0

    @property
    def total(self) -> float:
        """While gradients are computed, or while rollouts are written, whichever is more."""
        state = self.weights + self.optimizer + self.working + self.reference
        return state + max(self.gradients + self.activations, self.cache)


class TrainCost(msgspec.Struct, frozen=True, kw_only=True):
    """What one training takes on ``gpus`` GPUs of one kind.

    ``tokens`` go through the model in training; ``flop`` counts recomputation.
    ``rollout_gpu_hours`` are of writing answers, a part of ``gpu_hours``.
    """

    kind: Literal["sft", "rl"]
    gpu: str
    gpus: int
    parameters: int
    steps: int
    tokens: int
    flop: float
    model_flops_utilization: float
    rollout_tokens: int
    rollout_gpu_hours: float
    gpu_hours: float
    memory: Memory
    memory_total: float


class Lengths(msgspec.Struct, frozen=True):
    """Mean tokens of a prompt and of an answer with its reasoning."""

    prompt: int
    answer: int


def sft_cost(
    shape: ModelShape,
    settings: TrainSettings,
    rows: int,
    lengths: Lengths,
    gpu: Gpu,
    utilization: float = UTILIZATION,
) -> TrainCost:
    """Cost of SFT on ``rows`` rows."""
    sft, most = settings.sft, settings.data.max_length
    row = min(lengths.prompt + lengths.answer, most)
    sequence = most if settings.packs else row  # what one of a batch holds
    tokens = sft.max_steps * sft.batch * sequence or round(rows * row * sft.epochs)
    flop = tokens * training_flop(shape, row, settings)
    used = memory(shape, settings, sft.micro_batch * most)
    return TrainCost(
        kind="sft", gpu=gpu.name, gpus=_gpus(settings), parameters=shape.parameters,
        steps=max(1, round(tokens / sequence / sft.batch)), tokens=tokens, flop=flop,
        model_flops_utilization=utilization * _useful(settings),
        rollout_tokens=0, rollout_gpu_hours=0.0, gpu_hours=flop / gpu.peak / utilization / 3600,
        memory=used, memory_total=used.total,
    )  # fmt: skip


def rl_cost(
    shape: ModelShape,
    settings: TrainSettings,
    lengths: Lengths,
    gpu: Gpu,
    throughput: float,
    utilization: float = UTILIZATION,
) -> TrainCost:
    """Cost of GRPO; ``throughput`` is tokens a second that one GPU writes, waiting for the longest
    rollout of a step included."""
    rl, most = settings.rl, settings.data.max_prompt_tokens + settings.rl.max_answer_tokens
    answer = min(lengths.answer, rl.max_answer_tokens)
    row = min(lengths.prompt, settings.data.max_prompt_tokens) + answer
    rollouts = rl.max_steps * rl.prompts * rl.rollouts
    a_token = training_flop(shape, row, settings)
    if rl.beta:
        a_token += _forward_flop(shape, row)  # the reference model's probabilities
    flop = rollouts * row * a_token
    writing = rollouts * answer / throughput / 3600
    used = rl_memory(shape, settings, most)
    return TrainCost(
        kind="rl", gpu=gpu.name, gpus=_gpus(settings), parameters=shape.parameters,
        steps=rl.max_steps, tokens=rollouts * row, flop=flop,
        model_flops_utilization=utilization * _useful(settings),
        rollout_tokens=rollouts * answer, rollout_gpu_hours=writing,
        gpu_hours=flop / gpu.peak / utilization / 3600 + writing,
        memory=used, memory_total=used.total,
    )  # fmt: skip


def training_flop(shape: ModelShape, row: int, settings: TrainSettings) -> float:
    """FLOP of one token in a row of ``row`` tokens, forward and backward.

    Backward costs twice the forward pass, with adapters about once, for the frozen weights need no
    gradient; checkpointing repeats the forward pass.
    """
    passes = 1 + (1 if settings.lora else 2) + (1 if settings.gradient_checkpointing else 0)
    return passes * _forward_flop(shape, row)


def _forward_flop(shape: ModelShape, row: int) -> float:
    """2 a parameter, and queries times keys and weights times values over half the row (causal)."""
    attention = 2 * 2 * shape.queries * (row / 2) * shape.layers
    return 2 * shape.multiplied + attention


def _useful(settings: TrainSettings) -> float:
    """Share of the work that is no recomputation."""
    passes = 2 if settings.lora else 3
    return passes / (passes + 1) if settings.gradient_checkpointing else 1.0


def memory(shape: ModelShape, settings: TrainSettings, tokens: int) -> Memory:
    """Memory of one GPU that takes ``tokens`` tokens through the model at once.

    fp32 weights, gradients and two AdamW moments: 16 bytes a trained parameter, in bf16 training
    as well, spread over all GPUs by FSDP and ZeRO-3.
    """
    shards = 1 if settings.parallel == "none" else _gpus(settings)
    adapters = shape.lora_parameters(settings.lora.rank) if settings.lora else 0
    trained = adapters or shape.parameters
    # Gathered at once: a layer, the next one that is being fetched, and the embeddings.
    whole = settings.parallel == "none"
    gathered = 2 * shape.layer_parameters + (1 if shape.tied else 2) * shape.embedding
    width = 2 if settings.precision == "bf16" else 4
    copies = (shape.parameters if whole else min(gathered, shape.parameters)) * width
    return Memory(
        weights=4 * (shape.parameters + adapters) / shards,
        gradients=4 * trained / shards,
        optimizer=8 * trained / shards,
        working=0.0 if whole and settings.precision == "fp32" else copies,
        activations=_activations(shape, settings, tokens),
    )


def _activations(shape: ModelShape, settings: TrainSettings, tokens: int) -> float:
    """What is kept for the backward pass, attention without its matrix (flash or sdpa).

    A layer keeps, bytes a token in bf16: 8 hidden a norm (input in fp32, normalized, output), 4
    matrices of the feed-forward width, rotated queries and keys, values and the attention's output,
    and 6 a query and key where heads are normalized. fp32 is at most twice that.
    """
    layer = 16 * shape.hidden + 8 * shape.feed_forward
    layer += (10 if shape.head_norm else 4) * (shape.queries + shape.keys)
    if settings.gradient_checkpointing:
        kept = 2 * shape.hidden * shape.layers + layer
    else:
        kept = layer * shape.layers
    logits = 10 * shape.vocabulary * min(tokens, _LOGITS_AT_ONCE)
    return (1 if settings.precision == "bf16" else 2) * kept * tokens + logits


def rl_memory(shape: ModelShape, settings: TrainSettings, longest: int) -> Memory:
    """Training's memory, the reference model, and keys and values of the rollouts a GPU writes at
    once where it writes them itself; vLLM's share is set there."""
    rl = settings.rl
    plain = memory(shape, settings, rl.micro_batch * longest)
    at_once = -(-rl.prompts * rl.rollouts // _gpus(settings)) * longest
    a_token = 2 * shape.keys * shape.layers * (2 if settings.precision == "bf16" else 4)
    return msgspec.structs.replace(
        plain,
        reference=plain.weights if rl.beta and not settings.lora else 0.0,
        cache=float(at_once * a_token) if rl.rollout_engine == "transformers" else 0.0,
    )


def _gpus(settings: TrainSettings) -> int:
    return settings.nodes * settings.gpus_per_node
