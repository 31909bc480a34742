"""The shape of a decoder of the Llama family, by its configuration alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec

from synthsmith.errors import InputError
from synthsmith.train_settings import TrainSettings


class ModelShape(msgspec.Struct, frozen=True, kw_only=True):
    """Grouped-query attention and a gated feed-forward block, as Qwen2.5, Qwen3 and Llama have."""

    hidden: int
    layers: int
    heads: int
    kv_heads: int
    head_size: int
    feed_forward: int
    vocabulary: int
    tied: bool
    """Whether the input embedding is the output projection too."""
    qkv_bias: bool = False
    head_norm: bool = False
    """Whether queries and keys are normalized, a head at a time."""

    @property
    def queries(self) -> int:
        """Width of all heads' queries together."""
        return self.heads * self.head_size

    @property
    def keys(self) -> int:
        """Width of all heads' keys together, and of their values."""
        return self.kv_heads * self.head_size

    @property
    def embedding(self) -> int:
        """Parameters of one embedding matrix."""
        return self.vocabulary * self.hidden

    @property
    def layer_parameters(self) -> int:
        """Parameters of one layer."""
        attention = 2 * self.hidden * (self.queries + self.keys)
        extra = self.qkv_bias * (self.queries + 2 * self.keys) + self.head_norm * 2 * self.head_size
        return attention + 3 * self.hidden * self.feed_forward + 2 * self.hidden + extra

    @property
    def parameters(self) -> int:
        """All parameters."""
        embeddings = self.embedding * (1 if self.tied else 2)
        return embeddings + self.layers * self.layer_parameters + self.hidden

    @property
    def multiplied(self) -> int:
        """Parameters that a token is multiplied by: all but the lookup of its embedding."""
        return self.embedding + self.layers * self.layer_parameters + self.hidden

    def lora_parameters(self, rank: int) -> int:
        """Parameters of adapters of ``rank`` on every linear layer but the output's."""
        attention = 2 * (self.hidden + self.queries) + 2 * (self.hidden + self.keys)
        return rank * self.layers * (attention + 3 * (self.hidden + self.feed_forward))


_QWEN25_7B = ModelShape(
    hidden=3584, layers=28, heads=28, kv_heads=4, head_size=128, feed_forward=18_944,
    vocabulary=152_064, tied=False, qkv_bias=True,
)  # fmt: skip
_QWEN3_8B = ModelShape(
    hidden=4096, layers=36, heads=32, kv_heads=8, head_size=128, feed_forward=12_288,
    vocabulary=151_936, tied=False, head_norm=True,
)  # fmt: skip
KNOWN = {
    "Qwen/Qwen2.5-Coder-7B": _QWEN25_7B,
    "Qwen/Qwen2.5-Coder-7B-Instruct": _QWEN25_7B,
    "Qwen/Qwen3-8B": _QWEN3_8B,
    "Qwen/Qwen3-8B-Base": _QWEN3_8B,
}
"""Shapes that need no look at the model, from its config.json on the hub."""


def shape_of(settings: TrainSettings) -> ModelShape:
    """Shape of the recipe's model: from scratch, known by name, or of a checkpoint folder.

    Raises InputError for a model that is none of these.
    """
    scratch, model = settings.scratch, settings.model
    if not model:
        return ModelShape(
            hidden=scratch.hidden, layers=scratch.layers, heads=scratch.heads,
            kv_heads=scratch.kv_heads, head_size=scratch.head_size,
            feed_forward=scratch.feed_forward, vocabulary=scratch.vocabulary,
            tied=True, head_norm=True,
        )  # fmt: skip
    if model in KNOWN:
        return KNOWN[model]
    path = Path(model).expanduser() / "config.json"
    try:
        return of_config(json.loads(path.read_text("utf-8")))
    except OSError:
        raise InputError(
            f"the shape of {model} is not known: download it and name its folder as train.model, "
            f"or use one of {', '.join(KNOWN)}"
        ) from None
    except ValueError as error:
        raise InputError(f"cannot read {path}: {error}") from None


def of_config(config: dict[str, Any]) -> ModelShape:
    """Shape of the model whose config.json holds ``config``. Raises InputError for another kind."""
    try:
        return _dense(config)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise InputError(f"the model is not configured as a dense decoder: {error}") from None


def _dense(config: dict[str, Any]) -> ModelShape:
    if "num_experts" in config or "num_local_experts" in config:
        raise ValueError("it has experts")
    heads, kind = int(config["num_attention_heads"]), str(config["model_type"])
    return ModelShape(
        hidden=int(config["hidden_size"]),
        layers=int(config["num_hidden_layers"]),
        heads=heads,
        kv_heads=int(config.get("num_key_value_heads") or heads),
        head_size=int(config.get("head_dim") or config["hidden_size"] // heads),
        feed_forward=int(config["intermediate_size"]),
        vocabulary=int(config["vocab_size"]),
        tied=bool(config.get("tie_word_embeddings", False)),
        qkv_bias=kind == "qwen2" or bool(config.get("attention_bias", False)),
        head_norm=kind == "qwen3",
    )
