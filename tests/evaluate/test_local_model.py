"""A checkpoint's answers: the same ones however often, and whatever stands beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from synthsmith.errors import InputError
from synthsmith.evaluate.local_model import LocalModel, Sampling
from synthsmith.records import Message

torch = pytest.importorskip("torch")
from safetensors.torch import load_file, save_file  # noqa: E402
from tiny import write_checkpoint  # noqa: E402

PROMPTS = [[Message(role="user", content="hello " * k)] for k in (1, 5, 3)]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> LocalModel:
    return LocalModel(write_checkpoint(tmp_path_factory.mktemp("checkpoint"), context=128))


def test_sampling_repeats_and_leaves_no_trace(model: LocalModel) -> None:
    sampling = Sampling(max_new_tokens=12, batch=4)
    model.model.train()
    before = torch.random.get_rng_state()
    first = model.generate(PROMPTS, 3, sampling)
    assert torch.equal(before, torch.random.get_rng_state()) and model.model.training
    torch.manual_seed(9)
    assert model.generate(PROMPTS, 3, sampling) == first
    assert len({sample.text for samples in first for sample in samples}) > 5
    other = model.generate(PROMPTS, 3, Sampling(max_new_tokens=12, batch=4, seed=1))
    assert other != first


def test_a_batch_gives_the_same_without_those_before_it(model: LocalModel) -> None:
    sampling = Sampling(max_new_tokens=12, batch=4)
    whole = [batch.run() for batch in model.batches(PROMPTS, 3, sampling)]
    assert list(model.batches(PROMPTS, 3, sampling))[-1].run() == whole[-1]


def test_greedy_answers_do_not_depend_on_padding(model: LocalModel) -> None:
    alone = model.generate(PROMPTS, 2, Sampling(temperature=0, max_new_tokens=16, batch=1))
    together = model.generate(PROMPTS, 2, Sampling(temperature=0, max_new_tokens=16, batch=6))
    assert alone == together and alone[0][0] == alone[0][1]


def test_lengths_and_ends(model: LocalModel) -> None:
    samples = model.generate(PROMPTS[:1] * 3, 20, Sampling(max_new_tokens=40, batch=60))
    every = [sample for row in samples for sample in row]
    assert {sample.finish for sample in every} == {"stop", "length"}
    for sample in every:
        assert sample.completion_tokens <= 40
        assert sample.finish == "length" or "<|end|>" not in sample.text


def test_a_long_prompt_leaves_less_room(model: LocalModel) -> None:
    prompt = [[Message(role="user", content="x" * 120)]]
    ((sample,),) = model.generate(prompt, 1, Sampling(max_new_tokens=40))
    assert sample.prompt_tokens + sample.completion_tokens <= 128


def test_what_cannot_be_used(model: LocalModel, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="fills the model's context of 128"):
        model.generate([[Message(role="user", content="x" * 200)]], 1, Sampling())
    with pytest.raises(InputError, match=r"no config\.json"):
        LocalModel(tmp_path)
    (tmp_path / "config.json").write_text("{}", "utf-8")
    with pytest.raises(InputError, match="cannot load the checkpoint"):
        LocalModel(tmp_path)


def test_a_damaged_checkpoint_is_one_line(tmp_path: Path) -> None:
    folder = write_checkpoint(tmp_path / "model")
    weights, template = folder / "model.safetensors", folder / "chat_template.jinja"
    found = load_file(weights)
    save_file({name: one for name, one in found.items() if "norm" not in name}, weights)
    with pytest.raises(InputError, match=r"lacks 5 weights, model.layers.0.input_layernorm"):
        LocalModel(folder)
    weights.write_bytes(weights.read_bytes()[:-100])
    with pytest.raises(InputError, match="cannot load the checkpoint") as error:
        LocalModel(folder)
    assert "\n" not in str(error.value)
    save_file(found, weights)
    template.write_text("{{ raise_exception('no system') }}", "utf-8")
    with pytest.raises(InputError, match="chat template failed: no system"):
        LocalModel(folder).generate(PROMPTS, 1, Sampling())


@pytest.mark.parametrize("error", [torch.OutOfMemoryError("CUDA out of memory."), "cpu", "other"])
def test_too_little_memory_is_said(
    model: LocalModel, monkeypatch: pytest.MonkeyPatch, error: Exception | str
) -> None:
    def full(**_: object) -> None:
        if isinstance(error, str):
            torch.empty(10**15) if error == "cpu" else torch.empty(3).view(2)
        else:
            raise error

    monkeypatch.setattr(model.model, "generate", full)
    with pytest.raises((InputError, RuntimeError)) as caught:
        model.generate(PROMPTS, 1, Sampling(max_new_tokens=4, batch=2))
    told = "2 answers of up to 4 tokens do not fit" in str(caught.value)
    assert told == (error != "other")
