"""The model and tokenizer that training starts from: a checkpoint, or a tiny Qwen3 from scratch."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import torch
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import (
    AutoModelForCausalLM,
    AutoTokenizer,
    GenerationConfig,
    PreTrainedTokenizerFast,
    Qwen3Config,
    Qwen3ForCausalLM,
)

from synthsmith.errors import InputError
from synthsmith.train_settings import ScratchSettings, TrainSettings

_SPECIAL = ("<|endoftext|>", "<|im_start|>", "<|im_end|>", "<think>", "</think>")
_CHAT = """\
{%- for message in messages %}<|im_start|>{{ message.role }}
{{ message.content }}<|im_end|>
{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant
{% endif %}"""


def load(source: str, settings: TrainSettings) -> tuple[Any, Any]:
    """Model and tokenizer of a checkpoint folder or hub id, on the CPU, in 32 bits, for the
    optimizer needs them so.

    Raises InputError where they cannot be loaded.
    """
    try:
        tokenizer = AutoTokenizer.from_pretrained(source)
        model = AutoModelForCausalLM.from_pretrained(
            source, dtype=torch.float32, attn_implementation=attention(settings)
        )
    except (OSError, ValueError, ImportError) as error:
        first = str(error).strip().splitlines()[0]
        raise InputError(f"cannot load the model {source}: {first}") from None
    if not tokenizer.chat_template:
        raise InputError(f"the tokenizer of {source} has no chat template")
    if tokenizer.pad_token_id is None:
        tokenizer.pad_token = tokenizer.eos_token
    return model, tokenizer


def attention(settings: TrainSettings) -> str:
    """The attention implementation: what the recipe names, else the best there is."""
    if settings.attention != "auto":
        return settings.attention
    flash = torch.cuda.is_available() and importlib.util.find_spec("flash_attn") is not None
    return "flash_attention_2" if flash else "sdpa"


def from_scratch(
    texts: Iterable[str], settings: ScratchSettings, context: int, seed: int
) -> tuple[Any, Any]:
    """A Qwen3 model of random weights and a tokenizer trained on ``texts``."""
    tokenizer = train_tokenizer(texts, settings.vocabulary)
    torch.manual_seed(seed)
    ends = {
        "eos_token_id": tokenizer.eos_token_id,
        "pad_token_id": tokenizer.pad_token_id,
        "bos_token_id": None,
    }
    config = Qwen3Config(
        vocab_size=len(tokenizer),
        hidden_size=settings.hidden,
        num_hidden_layers=settings.layers,
        num_attention_heads=settings.heads,
        num_key_value_heads=settings.kv_heads,
        head_dim=settings.head_size,
        intermediate_size=settings.feed_forward,
        initializer_range=settings.initializer_range,
        max_position_embeddings=context,
        tie_word_embeddings=True,
        **ends,
    )
    model = Qwen3ForCausalLM(config)
    # Without do_sample servers ignore the temperature that a caller asks for.
    model.generation_config = GenerationConfig(do_sample=True, **ends)
    return model, tokenizer


def train_tokenizer(texts: Iterable[str], size: int) -> Any:
    """Byte-level BPE of at most ``size`` tokens, every digit its own, with ChatML's frame."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True),
         pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )  # fmt: skip
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=size,
        special_tokens=[AddedToken(token, special=True) for token in _SPECIAL[:3]],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    tokenizer.add_tokens([AddedToken(token, normalized=False) for token in _SPECIAL[3:]])
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        eos_token="<|im_end|>",
        pad_token="<|endoftext|>",
        chat_template=_CHAT,
        padding_side="left",
    )


def finish(trainer: Any, tokenizer: Any, folder: Path, *, merge: bool) -> None:
    """Save the trained model as a checkpoint that ``load`` and every server reads; adapters are
    merged into it where ``merge``."""
    if not merge:
        trainer.save_model(str(folder))
    elif trainer.is_world_process_zero():
        trainer.accelerator.unwrap_model(trainer.model).merge_and_unload().save_pretrained(folder)
    if trainer.is_world_process_zero():
        tokenizer.save_pretrained(folder)
