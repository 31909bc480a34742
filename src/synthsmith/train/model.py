"""The model and tokenizer that training starts from: a checkpoint, or a tiny Qwen3 from scratch."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable
from typing import Any

import torch
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import (
    GenerationConfig,
    PreTrainedTokenizerFast,
    Qwen3Config,
    Qwen3ForCausalLM,
)

from synthsmith.errors import InputError
from synthsmith.evaluate.local_model import load_checkpoint
from synthsmith.train_settings import TrainSettings

_SPECIAL = ("<|endoftext|>", "<|im_start|>", "<|im_end|>", "<think>", "</think>")
_CHAT = """\
{%- for message in messages %}<|im_start|>{{ message.role }}
{{ message.content }}<|im_end|>
{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant
{% endif %}"""


def load(source: str, settings: TrainSettings) -> tuple[Any, Any]:
    """Model and tokenizer of a checkpoint folder or hub id, on the CPU, in 32 bits, for the
    optimizer needs them so. What ends an answer is taken from the chat template, for the tokenizer
    of a base model names another end.

    Raises InputError where they cannot be loaded.
    """
    model, tokenizer = load_checkpoint(
        source,
        local_files_only=False,
        dtype=torch.float32,
        attn_implementation=attention(settings),
    )
    if not tokenizer.chat_template:
        raise InputError(f"the tokenizer of {source} has no chat template")
    if tokenizer.pad_token_id is None:
        tokenizer.pad_token = tokenizer.eos_token
    end = _end_of_turn(tokenizer)
    if end is not None and end != tokenizer.eos_token_id:
        tokenizer.eos_token = tokenizer.convert_ids_to_tokens(end)
        model.generation_config.eos_token_id = [end, *_ends(model.generation_config)]
    return model, tokenizer


def _end_of_turn(tokenizer: Any) -> int | None:
    """The special token that the chat template puts after an answer, None where there is none."""
    turns = [{"role": "user", "content": "?"}, {"role": "assistant", "content": "!"}]
    text = tokenizer.apply_chat_template(turns, tokenize=False)
    after = tokenizer(text[text.rindex("!") + 1 :], add_special_tokens=False)["input_ids"]
    known = tokenizer.added_tokens_decoder
    return next((token for token in after if token in known and known[token].special), None)


def _ends(config: GenerationConfig) -> list[int]:
    said = config.eos_token_id
    ends = said if isinstance(said, list) else [said]
    return [end for end in ends if end is not None]


def frame_tokens(tokenizer: Any) -> int:
    """Tokens that the chat template adds to a question and its answer."""
    turns = [{"role": "user", "content": ""}, {"role": "assistant", "content": ""}]
    text = tokenizer.apply_chat_template(turns, tokenize=False)
    return len(tokenizer(text, add_special_tokens=False)["input_ids"])


def attention(settings: TrainSettings) -> str:
    """The attention implementation: what the recipe names, else the best there is."""
    if settings.attention != "auto":
        return settings.attention
    half = torch.cuda.is_available() and settings.precision == "bf16"
    flash = half and importlib.util.find_spec("flash_attn") is not None
    return "flash_attention_2" if flash else "sdpa"


def from_scratch(texts: Iterable[str], settings: TrainSettings) -> tuple[Any, Any]:
    """A Qwen3 model of random weights and a tokenizer trained on ``texts``."""
    scratch = settings.scratch
    tokenizer = train_tokenizer(texts, scratch.vocabulary)
    torch.manual_seed(settings.seed)
    ends = {
        "eos_token_id": tokenizer.eos_token_id,
        "pad_token_id": tokenizer.pad_token_id,
        "bos_token_id": None,
    }
    config = Qwen3Config(
        vocab_size=len(tokenizer),
        hidden_size=scratch.hidden,
        num_hidden_layers=scratch.layers,
        num_attention_heads=scratch.heads,
        num_key_value_heads=scratch.kv_heads,
        head_dim=scratch.head_size,
        intermediate_size=scratch.feed_forward,
        initializer_range=scratch.initializer_range,
        max_position_embeddings=settings.data.max_length,
        tie_word_embeddings=True,
        attn_implementation=attention(settings),
        **ends,
    )
    try:
        model = Qwen3ForCausalLM(config)
    except (ValueError, ImportError) as error:
        raise InputError(f"cannot build the model: {str(error).splitlines()[0]}") from None
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
