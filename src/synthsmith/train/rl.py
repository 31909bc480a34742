"""RL with execution reward: GRPO by TRL, every rollout judged on its task's tests."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from datasets import Dataset as Table
from transformers import PrinterCallback
from trl import GRPOConfig, GRPOTrainer

from synthsmith.errors import InputError
from synthsmith.evaluate.local_model import Sampling, generate
from synthsmith.records import Message
from synthsmith.train import model as models
from synthsmith.train.arguments import accumulation, common, processes, quiet
from synthsmith.train.data import Dataset, RlRow, in_order
from synthsmith.train.reward import GroundTruth, Rewarder, trl_reward
from synthsmith.train.session import Recorder, Result, Session
from synthsmith.train.sharding import shard_without_gpu
from synthsmith.train_settings import TrainSettings


def train_rl(
    settings: TrainSettings,
    data: Dataset,
    session: Session,
    rewarder: Rewarder,
    callbacks: Sequence[Any],
    start: Path,
) -> Result:
    """Train the checkpoint ``start`` until the last step, from the last checkpoint where there is
    one.

    Raises InputError for settings that cannot work, and where no prompt is left.
    """
    rl = settings.rl
    arguments = _arguments(settings, session)
    shard_without_gpu()
    quiet()
    model, tokenizer = models.load(str(start), settings)
    rows = in_order(data.rl["train"], settings.data, settings.seed)
    most = settings.data.max_prompt_tokens
    rows = [row for row in rows if len(tokenizer(row.query)["input_ids"]) <= most]
    if rl.probe:
        rows = undecided(model, tokenizer, rows, rewarder, settings)
    if len(rows) < rl.prompts:
        raise InputError(
            f"{len(rows)} prompts are left for RL, a step needs {rl.prompts}: lower rl.prompts, "
            "make more tasks, or probe with fewer rollouts"
        )
    table = Table.from_list(
        [{"prompt": [{"role": "user", "content": r.query}], "truth": r.task_id} for r in rows]
    )
    truths = {row.task_id: GroundTruth.of(row.row) for row in rows}
    trainer = GRPOTrainer(
        model=model,
        processing_class=tokenizer,
        reward_funcs=[trl_reward(rewarder, truths)],
        args=arguments,
        train_dataset=table,
        callbacks=[Recorder(session), *callbacks],
    )
    trainer.remove_callback(PrinterCallback)
    checkpoint = session.checkpoint()
    trainer.train(resume_from_checkpoint=str(checkpoint) if checkpoint else None)
    models.finish(trainer, tokenizer, session.model, merge=False)
    rewards = [log["reward"] for log in trainer.state.log_history if "reward" in log]
    cpu, wall = session.spent()
    return Result(
        kind="rl", steps=trainer.state.global_step, rows=len(rows), seed=settings.seed, cpu_s=cpu,
        wall_s=wall, start=str(start), metrics={"reward": rewards[-1]} if rewards else {},
    )  # fmt: skip


def undecided(
    model: Any, tokenizer: Any, rows: Sequence[RlRow], rewarder: Rewarder, settings: TrainSettings
) -> list[RlRow]:
    """The rows that the model solves sometimes, by ``rl.probe`` rollouts of each: from the others
    a group learns nothing. A row whose rollouts could not all be judged stays."""
    rl, count = settings.rl, settings.rl.probe
    prompts = [[Message(role="user", content=row.query)] for row in rows]
    sampling = Sampling(
        temperature=rl.temperature, max_new_tokens=rl.max_answer_tokens, seed=settings.seed,
        batch=settings.holdout.batch,
    )  # fmt: skip
    answers = generate(model, tokenizer, prompts, count, sampling)
    flat = [sample.text for samples in answers for sample in samples]
    truths = [truth for row in rows for truth in [GroundTruth.of(row.row)] * count]
    scores = [reward.score for reward in rewarder.score(flat, truths)]
    kept = []
    for i, row in enumerate(rows):
        group = scores[i * count : (i + 1) * count]
        if None in group or len(set(group)) > 1:
            kept.append(row)
    return kept


def _arguments(settings: TrainSettings, session: Session) -> GRPOConfig:
    rl = settings.rl
    return GRPOConfig(
        **common(settings, session.checkpoints),
        max_steps=rl.max_steps,
        per_device_train_batch_size=rl.micro_batch,
        gradient_accumulation_steps=accumulation(rl.prompts * rl.rollouts, rl.micro_batch),
        num_generations=rl.rollouts,
        max_completion_length=rl.max_answer_tokens,
        temperature=rl.temperature,
        beta=rl.beta,
        learning_rate=rl.learning_rate,
        lr_scheduler_type="constant",
        optim="adamw_torch",
        logging_steps=1,
        shuffle_dataset=not settings.data.curriculum,
        use_vllm=rl.rollout_engine == "vllm",
        vllm_mode="colocate" if processes() == 1 else "server",
    )
