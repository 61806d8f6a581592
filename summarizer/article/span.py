"""A place in an article: half-open offsets and the characters that stand there."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Span(BaseModel):
    """`text` stands at `start:end` of the article, in Unicode code points."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str

    @model_validator(mode="after")
    def _length_matches(self) -> Span:
        if self.end - self.start != len(self.text) or self.start >= self.end:
            raise ValueError(f"`{self.start}:{self.end}` does not hold {len(self.text)} characters")
        return self

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def within(self, other: Span) -> bool:
        """Whether this span lies inside the other, or is the same."""
        return other.start <= self.start and self.end <= other.end


def span_at(text: str, start: int, end: int) -> Span:
    """The span of `text` at `start:end`, white space at either end left out.

    Raises:
        ValueError: if nothing but white space stands there.
    """
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start=start, end=end, text=text[start:end])
