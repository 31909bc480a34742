"""Answers of a checkpoint on this machine, through transformers, in fixed batches.

The only module of the room that needs torch, which is imported when it is first used.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jinja2 import TemplateError

from synthsmith.errors import InputError
from synthsmith.records import Finish, Message, Record

Place = tuple[int, int]
"""Index of a prompt, and of a sample of it."""


class Sample(Record, frozen=True):
    """One answer as the model wrote it, special tokens left out, and how it ended."""

    text: str
    finish: Finish
    prompt_tokens: int
    completion_tokens: int


class Sampling(Record, frozen=True):
    """How answers are drawn; ``temperature`` 0 takes the likeliest token each time."""

    temperature: float = 1.0
    top_p: float = 1.0
    max_new_tokens: int = 32_768
    seed: int = 0
    batch: int = 8
    """Answers written together. Part of what an answer depends on, for sums round by shape."""


class LocalModel:
    """A checkpoint directory; raises InputError where it, torch or its chat template is missing.

    It is put on the GPU where there is one, in the precision of the checkpoint (on the CPU in 32
    bits). ``digest`` is of its files.
    """

    def __init__(self, directory: Path) -> None:
        torch, _ = _libraries()
        if not (directory / "config.json").is_file():
            raise InputError(f"{directory} is no checkpoint: it has no config.json")
        cuda = torch.cuda.is_available()
        model, self.tokenizer = load_checkpoint(
            str(directory), local_files_only=True, dtype="auto" if cuda else torch.float32
        )
        self.model = model.to("cuda" if cuda else "cpu")
        self.device = torch.cuda.get_device_name() if cuda else "CPU"
        self.digest = _digest(directory)

    def generate(
        self, prompts: Sequence[Sequence[Message]], n: int, sampling: Sampling
    ) -> list[list[Sample]]:
        """See ``generate``."""
        return generate(self.model, self.tokenizer, prompts, n, sampling)

    def batches(
        self, prompts: Sequence[Sequence[Message]], n: int, sampling: Sampling
    ) -> Iterator[Batch]:
        """See ``batches``."""
        return batches(self.model, self.tokenizer, prompts, n, sampling)


def load_checkpoint(source: str, *, local_files_only: bool, **how: Any) -> tuple[Any, Any]:
    """Model and tokenizer of a checkpoint folder or, unless ``local_files_only``, a hub id;
    ``how`` goes to the model's ``from_pretrained``.

    Raises InputError where they cannot be loaded or weights are missing.
    """
    _, transformers = _libraries()
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(
            source, local_files_only=local_files_only
        )
        model, info = transformers.AutoModelForCausalLM.from_pretrained(
            source, local_files_only=local_files_only, output_loading_info=True, **how
        )
    except Exception as error:  # each kind of damage is found by another library
        first = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise InputError(f"cannot load the checkpoint {source}: {first[:300]}") from None
    if missing := sorted(info["missing_keys"]):
        raise InputError(
            f"the checkpoint {source} lacks {len(missing)} weights, {missing[0]} among them"
        )
    return model, tokenizer


class Batch:
    """Answers that are written together: ``places`` says which, ``run`` writes them."""

    def __init__(self, places: list[Place], run: Callable[[], list[Sample]]) -> None:
        self.places, self.run = places, run


def generate(
    model: Any, tokenizer: Any, prompts: Sequence[Sequence[Message]], n: int, sampling: Sampling
) -> list[list[Sample]]:
    """``n`` samples of each prompt, in order, of a model in memory.

    The same arguments give the same text on the same machine, and leave torch's random state and
    the model's mode as they were. Raises InputError as ``batches`` does.
    """
    found: dict[Place, Sample] = {}
    for batch in batches(model, tokenizer, prompts, n, sampling):
        found.update(zip(batch.places, batch.run(), strict=True))
    return [[found[i, sample] for sample in range(n)] for i in range(len(prompts))]


def batches(
    model: Any, tokenizer: Any, prompts: Sequence[Sequence[Message]], n: int, sampling: Sampling
) -> Iterator[Batch]:
    """All samples of all prompts as batches of prompts of like length, longest first.

    Which samples stand in a batch, and its seed, depend on the arguments alone, so a batch gives
    the same whether or not others were run before. Raises InputError for a tokenizer without a
    chat template, for a prompt that leaves no room for an answer, and, on running, for answers
    that do not fit into memory.
    """
    _libraries()
    if not tokenizer.chat_template:
        raise InputError("the checkpoint's tokenizer has no chat template, which eval needs")
    ids = [_token_ids(tokenizer, prompt) for prompt in prompts]
    room = getattr(model.config, "max_position_embeddings", None) or 2**31
    longest = max(map(len, ids), default=0)
    if longest >= room:
        raise InputError(f"a prompt of {longest} tokens fills the model's context of {room}")
    order = sorted(range(len(ids)), key=lambda i: (-len(ids[i]), i))
    places = [(i, sample) for i in order for sample in range(n)]
    for number, start in enumerate(range(0, len(places), sampling.batch)):
        chosen = places[start : start + sampling.batch]
        rows = [ids[i] for i, _ in chosen]
        most = min(sampling.max_new_tokens, room - max(map(len, rows)))

        def run(
            rows: list[list[int]] = rows, number: int = number, most: int = most
        ) -> list[Sample]:
            return _write(model, tokenizer, rows, most, sampling, number)

        yield Batch(chosen, run)


def _token_ids(tokenizer: Any, prompt: Sequence[Message]) -> list[int]:
    turns = [{"role": message.role, "content": message.content} for message in prompt]
    try:
        text = tokenizer.apply_chat_template(turns, add_generation_prompt=True, tokenize=False)
    except TemplateError as error:
        raise InputError(f"the checkpoint's chat template failed: {error}") from None
    found: list[int] = tokenizer(text, add_special_tokens=False)["input_ids"]
    return found


def _write(
    model: Any, tokenizer: Any, rows: list[list[int]], most: int, sampling: Sampling, number: int
) -> list[Sample]:
    torch, transformers = _libraries()
    ends = _ends(model, tokenizer)
    pad = tokenizer.pad_token_id
    pad = ends[0] if pad is None else pad
    width = max(map(len, rows))
    ids = torch.tensor([[pad] * (width - len(row)) + row for row in rows], device=model.device)
    mask = torch.tensor(
        [[0] * (width - len(row)) + [1] * len(row) for row in rows], device=model.device
    )
    chance: dict[str, Any] = {"do_sample": False}
    if sampling.temperature > 0:
        chance = {"do_sample": True, "temperature": sampling.temperature,
                  "top_p": sampling.top_p, "top_k": 0}  # fmt: skip
    config = transformers.GenerationConfig(
        max_new_tokens=most, eos_token_id=list(ends), pad_token_id=pad, use_cache=True, **chance
    )
    devices = [model.device] if model.device.type == "cuda" else []
    with _evaluating(model, config), torch.random.fork_rng(devices), torch.inference_mode():
        torch.manual_seed(_batch_seed(sampling.seed, number))
        try:
            out = model.generate(input_ids=ids, attention_mask=mask)
        except RuntimeError as error:
            if not out_of_memory(error):
                raise
            raise InputError(
                f"{len(rows)} answers of up to {most} tokens do not fit into memory at once: "
                "lower batch or max_tokens"
            ) from None
    return [
        _sample(tokenizer, row, written, set(ends), most)
        for row, written in zip(rows, out[:, width:].tolist(), strict=True)
    ]


def out_of_memory(error: RuntimeError) -> bool:
    """Whether an error of torch's says that memory is full, the GPU's or this machine's."""
    torch, _ = _libraries()
    signs = ("not enough memory", "can't allocate memory")
    return isinstance(error, torch.OutOfMemoryError) or any(sign in str(error) for sign in signs)


def _batch_seed(seed: int, number: int) -> int:
    """The seed of a batch: no two batches of two runs share one by their sum."""
    return int.from_bytes(hashlib.sha256(f"{seed}/{number}".encode()).digest()[:7], "big")


def _sample(
    tokenizer: Any, prompt: list[int], written: list[int], ends: set[int], most: int
) -> Sample:
    length = next((i for i, token in enumerate(written) if token in ends), None)
    text = tokenizer.decode(written[:length], skip_special_tokens=True)
    tokens = most if length is None else length + 1
    finish: Finish = "length" if length is None else "stop"
    return Sample(
        text=text, finish=finish, prompt_tokens=len(prompt), completion_tokens=min(tokens, most)
    )


def _ends(model: Any, tokenizer: Any) -> tuple[int, ...]:
    """The tokens that end an answer: those of the checkpoint and of its tokenizer."""
    said = model.generation_config.eos_token_id
    found = said if isinstance(said, list) else [said]
    ends = [one for one in (*found, tokenizer.eos_token_id) if one is not None]
    if not ends:
        raise InputError("neither the checkpoint nor its tokenizer names a token that ends text")
    return tuple(dict.fromkeys(ends))


@contextmanager
def _evaluating(model: Any, config: Any) -> Iterator[None]:
    """The model in evaluation mode, sampling by ``config`` and by nothing of its own."""
    own, training = model.generation_config, model.training
    model.eval()
    model.generation_config = config
    try:
        yield
    finally:
        model.generation_config = own
        model.train(training)


def _libraries() -> tuple[Any, Any]:
    try:
        import torch
        import transformers
    except ImportError as error:
        raise InputError(
            f"a checkpoint needs {error.name}: pip install -e '.[train]', or name a server"
        ) from None
    return torch, transformers


def _digest(directory: Path) -> str:
    """sha256 over names and contents of the checkpoint's files."""
    together = hashlib.sha256()
    kinds = {".json", ".safetensors", ".bin", ".txt", ".model", ".jinja"}
    for path in sorted(p for p in directory.iterdir() if p.suffix in kinds):
        with path.open("rb") as file:
            together.update(f"{path.name}\0".encode())
            together.update(hashlib.file_digest(file, "sha256").digest())
    return together.hexdigest()
