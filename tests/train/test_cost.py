"""What training takes: known models, the paper's two trainings, and what autograd really keeps."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from pytest import approx

from synthsmith.errors import InputError
from synthsmith.train.cost import GPUS, Lengths, TrainCost, memory, rl_cost, sft_cost, training_flop
from synthsmith.train.shape import KNOWN, ModelShape, shape_of
from synthsmith.train_settings import (
    DataSettings,
    LoraSettings,
    RlSettings,
    ScratchSettings,
    SftSettings,
    TrainSettings,
)

PAPER = TrainSettings(model="Qwen/Qwen2.5-Coder-7B-Instruct", parallel="fsdp", nodes=16)
MEAN, LONGEST = Lengths(600, 18_400), Lengths(2_048, 30_720)
"""The plan's own lengths around the paper's mean reasoning of 17,700 tokens; the longest row."""
QWEN25 = KNOWN[PAPER.model]


def hours(cost: TrainCost) -> float:
    return cost.gpu_hours / cost.gpus


def changed(settings: TrainSettings, **keys: object) -> TrainSettings:
    return msgspec.structs.replace(settings, **keys)


def test_the_parameters_are_those_of_the_published_weights() -> None:
    assert QWEN25.parameters == 7_615_616_512
    assert KNOWN["Qwen/Qwen3-8B-Base"].parameters == 8_190_735_360


def test_the_sft_of_the_paper() -> None:
    """128 H20 for 220 hours. The default utilization is too bright for it by a factor below 3; a
    run that at every step waits for a row of full length is within a factor of 1.5."""
    packed = sft_cost(QWEN25, PAPER, 200_000, MEAN, GPUS["H20"])
    assert packed.tokens == 200_000 * 19_000 * 8
    assert packed.gpus == 128
    assert hours(packed) == approx(80, rel=0.01)
    assert 1 < 220 / hours(packed) < 3
    unpacked = changed(PAPER, sft=SftSettings(packing=False))
    waiting = sft_cost(QWEN25, unpacked, 200_000, LONGEST, GPUS["H20"])
    assert waiting.steps == 12_500
    assert hours(waiting) == approx(159, rel=0.01)
    assert 1 < 220 / hours(waiting) < 1.5
    # What it implies: model FLOPs (no recomputation) over the peak of 28,160 GPU-hours.
    assert packed.flop * 0.75 / (128 * 220 * 3600 * 148e12) == approx(0.109, abs=0.001)


def test_the_rl_of_the_paper() -> None:
    """32 H200 for 168 hours. Its steps are not published: at 500, writing the rollouts at the
    default of 2,000 tokens/s a GPU makes it less than 3 times too short; 550 tokens/s fit."""
    settings = changed(PAPER, nodes=4)
    cost = rl_cost(QWEN25, settings, MEAN, GPUS["H200"], 2_000)
    assert cost.rollout_tokens == 500 * 128 * 8 * 18_400
    assert hours(cost) == approx(60, rel=0.01)
    assert 1 < 168 / hours(cost) < 3
    assert hours(rl_cost(QWEN25, settings, MEAN, GPUS["H200"], 550)) == approx(168, rel=0.01)


def test_the_work_of_a_token_by_hand() -> None:
    forward = 2 * (7_615_616_512 - 152_064 * 3584) + 2 * 3584 * 19_000 * 28
    plain = changed(PAPER, gradient_checkpointing=False)
    assert training_flop(QWEN25, 19_000, plain) == 3 * forward
    assert training_flop(QWEN25, 19_000, PAPER) == 4 * forward
    assert training_flop(QWEN25, 19_000, changed(plain, lora=LoraSettings())) == 2 * forward


def test_max_steps_set_the_tokens() -> None:
    sft = SftSettings(max_steps=10, batch=4, packing=False)
    one = sft_cost(QWEN25, changed(PAPER, sft=sft), 1, Lengths(100, 900), GPUS["H100"])
    assert (one.tokens, one.steps) == (10 * 4 * 1000, 10)
    packed = changed(PAPER, sft=msgspec.structs.replace(sft, packing=True))
    assert sft_cost(QWEN25, packed, 1, MEAN, GPUS["H100"]).tokens == 10 * 4 * 32_768


def test_sharding_spreads_sixteen_bytes_a_parameter() -> None:
    alone = memory(QWEN25, changed(PAPER, parallel="none"), 1)
    assert alone.weights + alone.gradients + alone.optimizer == 16 * 7_615_616_512
    spread = memory(QWEN25, PAPER, 1)
    assert spread.weights * 128 == alone.weights
    assert spread.total < alone.total / 20
    adapters = memory(QWEN25, changed(PAPER, parallel="none", lora=LoraSettings(rank=16)), 1)
    assert adapters.gradients + adapters.optimizer == 12 * 40_370_176  # as peft counts them
    assert adapters.weights == 4 * (7_615_616_512 + 40_370_176)


def test_rollouts_that_the_trainer_writes_need_room() -> None:
    longest = DataSettings(max_prompt_tokens=24)
    rl = RlSettings(prompts=128, rollouts=8, max_answer_tokens=1_000, beta=0.0)
    here = changed(PAPER, nodes=4, data=longest, rl=rl)
    cost = rl_cost(QWEN25, here, MEAN, GPUS["H200"], 2_000)
    assert cost.memory.cache == 32 * 1_024 * 2 * 512 * 28 * 2
    assert cost.memory.reference == 0
    vllm = changed(here, rl=msgspec.structs.replace(rl, rollout_engine="vllm", beta=0.01))
    cost = rl_cost(QWEN25, vllm, MEAN, GPUS["H200"], 2_000)
    assert (cost.memory.cache, cost.memory.reference) == (0, cost.memory.weights)


def test_a_folder_tells_its_shape(tmp_path: Path) -> None:
    config = {
        "model_type": "qwen2", "hidden_size": 3584, "num_hidden_layers": 28,
        "num_attention_heads": 28, "num_key_value_heads": 4, "intermediate_size": 18_944,
        "vocab_size": 152_064, "tie_word_embeddings": False,
    }  # fmt: skip
    path = tmp_path / "config.json"
    path.write_text(json.dumps(config))
    assert shape_of(TrainSettings(model=str(tmp_path))) == QWEN25
    path.write_text(json.dumps({**config, "num_experts": 128}))
    with pytest.raises(InputError, match="experts"):
        shape_of(TrainSettings(model=str(tmp_path)))
    with pytest.raises(InputError, match="download it"):
        shape_of(TrainSettings(model="someone/unheard-of"))


SCRATCH = ScratchSettings(
    vocabulary=300, hidden=64, layers=2, heads=4, kv_heads=2, head_size=16, feed_forward=192
)


def test_a_real_model_has_the_parameters_and_keeps_the_activations() -> None:
    """Whatever autograd saves in one forward pass in bf16, but for the weights, per token."""
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    shape = shape_of(TrainSettings(scratch=SCRATCH))
    model = transformers.Qwen3ForCausalLM(
        transformers.Qwen3Config(
            vocab_size=300, hidden_size=64, num_hidden_layers=2, num_attention_heads=4,
            num_key_value_heads=2, head_dim=16, intermediate_size=192, tie_word_embeddings=True,
            attn_implementation="sdpa",
        )
    ).bfloat16()  # fmt: skip
    assert sum(p.numel() for p in model.parameters()) == shape.parameters
    kept = saved_bytes(torch, model, 256)
    settings = TrainSettings(scratch=SCRATCH, gradient_checkpointing=False)
    expected = memory(shape, settings, 256).activations - 10 * 300 * 256
    assert kept == approx(expected, rel=0.1)


def saved_bytes(torch: object, model: object, tokens: int) -> int:
    weights = {p.untyped_storage().data_ptr() for p in model.parameters()}  # type: ignore[attr-defined]
    kept: dict[int, object] = {}

    def pack(tensor: object) -> object:
        kept[tensor.untyped_storage().data_ptr()] = tensor  # type: ignore[attr-defined]
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(pack, lambda t: t):  # type: ignore[attr-defined]
        model.model(input_ids=torch.ones((1, tokens), dtype=torch.int64))  # type: ignore[attr-defined]
    found = [t.untyped_storage() for at, t in kept.items() if at not in weights]  # type: ignore[attr-defined]
    return sum(storage.nbytes() for storage in found)


def test_a_tied_embedding_counts_once() -> None:
    tied = ModelShape(
        hidden=8, layers=1, heads=1, kv_heads=1, head_size=8, feed_forward=16, vocabulary=100,
        tied=True,
    )  # fmt: skip
    untied = msgspec.structs.replace(tied, tied=False)
    assert untied.parameters - tied.parameters == 800
    assert untied.multiplied == tied.multiplied == tied.parameters
