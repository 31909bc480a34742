"""The ``[train]`` table of a recipe: what is trained on the dataset, and how."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from synthsmith.settings import Count, Few, Positive, Settings, Share, Weight

Rate = Annotated[float, Meta(gt=0, le=1)]


class ScratchSettings(Settings, frozen=True):
    """A Qwen3 model of random weights, and a byte-level BPE tokenizer trained on the data."""

    vocabulary: Annotated[int, Meta(ge=300, le=200_000)] = 864
    hidden: Positive = 128
    layers: Few = 4
    heads: Few = 4
    kv_heads: Few = 2
    head_size: Positive = 32
    feed_forward: Positive = 384
    initializer_range: Rate = 0.06
    """Standard deviation of the first weights."""


class LoraSettings(Settings, frozen=True):
    """Low-rank adapters on all linear layers instead of all weights."""

    rank: Few = 64
    alpha: Positive = 128
    dropout: Share = 0.0


class DataSettings(Settings, frozen=True):
    """Which rows are trained on."""

    test: Share = 0.05
    """Share of the compositions (sets of features) whose tasks are kept for the evaluation. Which
    those are follows from the seed of the run, not of the training."""
    validation: Share = 0.02
    """The same for what is measured while training."""
    holdout_features: Few = 1
    """Only compositions of at least so many features are held out of training."""
    curriculum: bool = False
    """Easy tasks first (by difficulty) instead of a random order."""
    max_prompt_tokens: Positive = 2048
    """A longer prompt is left out."""
    max_length: Positive = 32_768
    """Prompt and answer together; a longer row is left out, never cut."""


class SftSettings(Settings, frozen=True):
    """Supervised fine-tuning. Defaults are the paper's (section 4)."""

    epochs: Annotated[float, Meta(gt=0, le=10_000)] = 8.0
    max_steps: Count = 0
    """Optimizer steps; 0 is by ``epochs``."""
    learning_rate: Rate = 5e-5
    min_learning_rate: Share = 0.0
    """Where the cosine ends, as a share of ``learning_rate``."""
    warmup: Share = 0.03
    """Share of the steps."""
    weight_decay: Share = 0.1
    beta2: Rate = 0.999
    clip: Weight = 1.0
    """Largest norm of a gradient."""
    batch: Positive = 128
    """Rows an optimizer step, over all processes."""
    micro_batch: Positive = 1
    """Rows a process takes at once."""
    packing: bool = True
    """Several rows in one sequence, where flash attention keeps them apart and no curriculum asks
    for an order."""
    evaluate_every: Count = 0
    """Steps between two measurements of held-out avg@k; 0 is at the end only."""
    patience: Count = 0
    """Measurements without a gain after which training stops; 0 never stops early."""


class RlSettings(Settings, frozen=True):
    """GRPO with execution reward. Defaults are the paper's (section 4)."""

    max_steps: Positive = 500
    learning_rate: Rate = 3e-7
    prompts: Positive = 128
    """Prompts an optimizer step, over all processes."""
    rollouts: Annotated[int, Meta(ge=2, le=1024)] = 8
    """Rollouts a prompt."""
    micro_batch: Positive = 1
    """Rollouts a process takes through the model at once."""
    temperature: Annotated[float, Meta(gt=0, le=2)] = 1.0
    beta: Weight = 0.01
    """Weight of the KL term against the model that RL starts from."""
    max_answer_tokens: Positive = 30_720
    reward: Literal["all", "fraction"] = "all"
    """1 for passing all tests, or the share passed."""
    format_weight: Share = 0.0
    """Share of the reward that an answer with exactly one whole code block earns by that."""
    probe: Count = 0
    """Rollouts a prompt before training; prompts whose rollouts all earn the same, being solved
    always or never, are left out. 0: none."""
    rollout_engine: Literal["transformers", "vllm"] = "transformers"
    evaluate_every: Count = 0
    patience: Count = 0


class HoldoutSettings(Settings, frozen=True):
    """How held-out avg@k is measured while training."""

    tasks: Positive = 64
    samples: Few = 4
    """k of avg@k."""
    temperature: Annotated[float, Meta(ge=0, le=2)] = 1.0
    max_tokens: Positive = 32_768
    batch: Few = 64
    """Answers written at once."""


class TrainSettings(Settings, frozen=True):
    """What ``synthsmith train`` makes of a dataset."""

    dataset: str = ""
    """A published dataset folder; empty is the run's own."""
    model: str = ""
    """A checkpoint folder or a model id of the hub; empty builds ``scratch``."""
    scratch: ScratchSettings = ScratchSettings()
    seed: Annotated[int, Meta(ge=0, le=2**31)] = 1
    precision: Literal["bf16", "fp32"] = "bf16"
    attention: Literal["auto", "flash_attention_2", "sdpa", "eager"] = "auto"
    """auto: flash attention where it is installed, in bf16 on a GPU, else sdpa."""
    parallel: Literal["none", "fsdp", "zero3"] = "none"
    """How a model is spread over processes: FSDP2, or DeepSpeed ZeRO-3."""
    gradient_checkpointing: bool = True
    lora: LoraSettings | None = None
    nodes: Few = 1
    gpus_per_node: Few = 8
    checkpoint_every: Positive = 100
    """Steps between two checkpoints."""
    data: DataSettings = DataSettings()
    sft: SftSettings = SftSettings()
    rl: RlSettings = RlSettings()
    holdout: HoldoutSettings = HoldoutSettings()

    @property
    def packs(self) -> bool:
        """Whether SFT rows share a sequence where flash attention is installed, which alone keeps
        them apart; packing puts them in another order."""
        flash = self.attention == "flash_attention_2" or (
            self.attention == "auto" and self.precision == "bf16"
        )
        return self.sft.packing and flash and not self.data.curriculum
