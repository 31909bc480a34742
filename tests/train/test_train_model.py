"""What ends an answer, what does not fit, and failures told in a line."""

from __future__ import annotations

import math
from pathlib import Path
from types import SimpleNamespace

import pytest

pytest.importorskip("trl")

import torch
from safetensors.torch import load_file, save_file

from synthsmith.errors import InputError
from synthsmith.train import model as models
from synthsmith.train.data import SftRow
from synthsmith.train.failures import told
from synthsmith.train.order import SameOrder
from synthsmith.train.session import Recorder, Session
from synthsmith.train.sft import fitting
from synthsmith.train_settings import DataSettings, ScratchSettings, TrainSettings

SCRATCH = ScratchSettings(
    vocabulary=300, hidden=16, layers=1, heads=1, kv_heads=1, head_size=16, feed_forward=16
)


def test_a_base_model_learns_the_end_of_a_turn(tmp_path: Path) -> None:
    """Qwen3's base models name <|endoftext|> as the end, their template ends with <|im_end|>."""
    settings = TrainSettings(scratch=SCRATCH)
    model, tokenizer = models.from_scratch(["some text"], settings)
    turn = tokenizer.convert_tokens_to_ids("<|im_end|>")
    text = tokenizer.convert_tokens_to_ids("<|endoftext|>")
    tokenizer.eos_token = "<|endoftext|>"
    model.generation_config.eos_token_id = text
    model.save_pretrained(tmp_path)
    tokenizer.save_pretrained(tmp_path)
    model, tokenizer = models.load(str(tmp_path), settings)
    assert tokenizer.eos_token_id == turn and tokenizer.pad_token_id == text
    assert model.generation_config.eos_token_id == [turn, text]


def test_a_row_that_fits_is_never_cut() -> None:
    """Length as the trainer counts it: the chat's frame is the template's, however long."""
    settings = TrainSettings(scratch=SCRATCH)
    _, tokenizer = models.from_scratch(["q a"], settings)
    tokenizer.chat_template = "<|im_start|>system\nYou are helpful.<|im_end|>\n" + (
        tokenizer.chat_template
    )
    row = SftRow(task_id="t", query="q" * 9, response="a" * 9, difficulty=0, features=())
    turns = [{"role": "user", "content": row.query}, {"role": "assistant", "content": row.response}]
    whole = len(tokenizer(tokenizer.apply_chat_template(turns, tokenize=False))["input_ids"])
    for most, fits in ((whole, [row]), (whole - 1, [])):
        limited = TrainSettings(scratch=SCRATCH, data=DataSettings(max_length=most))
        assert fitting([row], tokenizer, limited) == fits


@pytest.mark.parametrize(("damage", "message"), [("cut", "cannot load"), ("lacks", "lacks 1 wei")])
def test_a_damaged_checkpoint_is_not_trained_on(tmp_path: Path, damage: str, message: str) -> None:
    settings = TrainSettings(scratch=SCRATCH)
    for part in models.from_scratch(["some text"], settings):
        part.save_pretrained(tmp_path)
    weights = tmp_path / "model.safetensors"
    if damage == "cut":
        weights.write_bytes(weights.read_bytes()[:-100])
    else:
        kept = load_file(weights)
        del kept["model.norm.weight"]
        save_file(kept, weights, metadata={"format": "pt"})
    with pytest.raises(InputError, match=message):
        models.load(str(tmp_path), settings)


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (torch.OutOfMemoryError("CUDA out of memory"), "lower micro_batch"),
        (RuntimeError("DefaultCPUAllocator: can't allocate memory: 9 bytes"), "lower micro_batch"),
        (RuntimeError("PytorchStreamWriter failed writing file data/0"), "disk may be full"),
        (RuntimeError("probability tensor contains either `inf`, `nan`"), "no numbers"),
    ],
)
def test_what_a_library_fails_at_is_said_in_a_line(error: Exception, message: str) -> None:
    with pytest.raises(InputError, match=message), told():
        raise error


def test_other_failures_are_not_hidden() -> None:
    with pytest.raises(RuntimeError, match="shape"), told():
        raise RuntimeError("shape mismatch")


def test_a_loss_that_is_no_number_ends_the_training(tmp_path: Path) -> None:
    state = SimpleNamespace(global_step=7, is_world_process_zero=True)
    with Session(tmp_path, {}) as session:
        recorder = Recorder(session)
        with pytest.raises(InputError, match="no number at step 7: lower learning_rate"):
            recorder.on_log(None, state, None, logs={"loss": math.nan})
    assert not recorder.path.exists()


def test_two_trainings_do_not_share_a_folder(tmp_path: Path) -> None:
    with Session(tmp_path, {}), pytest.raises(InputError, match="in use by another run"):
        Session(tmp_path, {})
    with Session(tmp_path, {}):
        pass


def test_the_order_of_an_epoch_survives_two_kills() -> None:
    """One right after an epoch's last step, the next within the epoch that was resumed."""

    def step(order: SameOrder, epoch: float) -> dict[str, SimpleNamespace | dict[str, object]]:
        order.on_step_end(None, SimpleNamespace(epoch=epoch), None)
        return {type(order).__name__: order.state()}

    def resumed(saved: dict[str, object]) -> tuple[SameOrder, torch.Tensor]:
        order = SameOrder()
        state = SimpleNamespace(global_step=1, stateful_callbacks=saved)
        order.on_train_begin(None, state, None)
        torch.manual_seed(9)  # whatever a new process has
        order.on_epoch_begin(None, state, None)
        return order, torch.randperm(50)

    torch.manual_seed(3)
    first = SameOrder()
    first.on_epoch_begin(None, None, None)
    first_order = torch.randperm(50)
    within = step(first, 0.5)
    ended = step(first, 1.0)
    first.on_epoch_begin(None, None, None)
    second_order = torch.randperm(50)
    assert torch.equal(resumed(within)[1], first_order)
    again, order = resumed(ended)
    assert torch.equal(order, second_order)
    assert torch.equal(resumed(step(again, 1.5))[1], second_order)
