"""The front matter of a prompt: what it may hold."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictFloat, StrictInt, StrictStr

Constant = StrictStr | StrictBool | StrictInt | StrictFloat


class Parameters(BaseModel):
    """How a model is to answer; null leaves it to the settings. `max_tokens` are written tokens."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    temperature: float | None = Field(default=None, ge=0, le=2)
    max_tokens: int | None = Field(default=None, gt=0)


class PromptParameters(Parameters):
    """The parameters of all asks, and under an ask's name what is different for it."""

    model_config = ConfigDict(frozen=True, extra="allow", strict=True)

    __pydantic_extra__: dict[str, Parameters]

    @property
    def by_ask(self) -> dict[str, Parameters]:
        """What is set under a name of its own."""
        return self.__pydantic_extra__

    def of(self, ask: str) -> Parameters:
        """The parameters of one ask."""
        shared = Parameters(temperature=self.temperature, max_tokens=self.max_tokens)
        own = self.by_ask.get(ask, shared)
        return shared.model_copy(update=own.model_dump(exclude_none=True))


class Front(BaseModel):
    """The front matter of a prompt's `prompt.md`, or of its only file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: StrictStr
    version: StrictStr
    description: StrictStr
    asks: list[StrictStr] = Field(min_length=1)
    system: StrictStr | None = None
    parameters: PromptParameters = PromptParameters()
    vars: dict[StrictStr, Constant | list[Constant]] = {}
