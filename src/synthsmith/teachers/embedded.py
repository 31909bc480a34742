"""What the teachers that answer in process, by rules, have in common."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass

from synthsmith.recipe import SkillSettings
from synthsmith.records import Completion, CompletionRequest, Finish, Usage, digest
from synthsmith.teachers.base import Teacher


@dataclass(frozen=True)
class Answer:
    """A reply."""

    text: str
    reasoning: str = ""
    finish: Finish = "stop"


class EmbeddedTeacher(Teacher):
    """Answers prompts in process, by rules; not a language model.

    A reply depends on the prompt, the request's seed, and the skill profile alone.
    """

    family: str
    version: int
    """Part of every ledger key: raised when a reply to the same prompt changes."""

    def __init__(self, name: str, skill: SkillSettings) -> None:
        self.name = name
        self.skill = skill
        self.model = f"{self.family}:{digest(skill)[:12]}@{self.version}"

    async def complete(self, request: CompletionRequest) -> Completion:
        """One sample of one prompt; never raises for what a prompt holds."""
        answer = self.answer(request)
        prompt = "\n".join(message.content for message in request.messages)
        usage = Usage(
            prompt_tokens=len(prompt) // 4,
            completion_tokens=(len(answer.text) + len(answer.reasoning)) // 4,
            reasoning_tokens=len(answer.reasoning) // 4,
        )
        return Completion(
            text=answer.text,
            reasoning=answer.reasoning,
            finish=answer.finish,
            usage=usage,
            model=self.model,
        )

    @abstractmethod
    def answer(self, request: CompletionRequest) -> Answer:
        """The reply to a prompt of any kind."""
