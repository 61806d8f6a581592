"""`answers.jsonl`: every answer of a run as the model wrote it, by the hash of its request.

The first line names the model. A line that was cut off, as by a power failure, is left out.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from summarizer.errors import InputError, UsageError
from summarizer.model import Token, Usage

# Less likely alternatives say nothing about how sure a choice was, and take most of the room.
_LEAST_LOGPROB = -9.0


@dataclass(frozen=True)
class Kept:
    """One answer, or the class and message of the failure that stood in its place.

    `request` is the request's hash, `article` the id of the article it was about, `run` which of
    K runs asked, `seconds` how long it took.
    """

    request: str
    article: str
    run: int
    raw: str | None
    failure: str | None
    message: str
    usage: Usage
    seconds: float
    parameters: dict[str, Any]
    tokens: tuple[Token, ...] = ()

    def line(self) -> str:
        """The answer as one line of JSON."""
        content: dict[str, Any] = {"request": self.request}
        content |= {"article": self.article, "run": self.run}
        if self.failure is None:
            content["raw"] = self.raw
        else:
            content |= {"failure": self.failure, "message": self.message}
        content |= {"seconds": round(self.seconds, 3), "usage": asdict(self.usage)}
        content["parameters"] = self.parameters
        if self.tokens:
            content["tokens"] = [_token_out(token) for token in self.tokens]
        # ASCII, because a token may end inside a character.
        return json.dumps(content, separators=(",", ":"), allow_nan=False) + "\n"

    @classmethod
    def read(cls, line: str) -> Kept:
        """The answer of one line; raises ValueError, KeyError or TypeError if there is none."""
        data = json.loads(line)
        return cls(
            request=data["request"],
            article=data["article"],
            run=data["run"],
            raw=data.get("raw"),
            failure=data.get("failure"),
            message=data.get("message", ""),
            usage=Usage(**data["usage"]),
            seconds=data["seconds"],
            parameters=data["parameters"],
            tokens=tuple(_token_in(token) for token in data.get("tokens", [])),
        )


class AnswerFile:
    """The answers that are kept, and where new ones are added.

    Args:
        path: the file; it need not be there.
        model: whose answers these are.
        endpoint: where that model is asked: `local`, or a host.

    Raises:
        UsageError: the file holds the answers of another model.
        InputError: it cannot be read, or a line before the last is no answer.
    """

    def __init__(self, path: Path, model: str, endpoint: str) -> None:
        self.path = path
        self._owner = {"model": model, "endpoint": endpoint}
        self._kept: dict[tuple[str, int], Kept] = {}
        self._used: dict[tuple[str, int], None] = {}
        if path.exists():
            owner, answers = read_answers(path)
            if owner != self._owner:
                raise UsageError(
                    f"holds the answers of `{owner['model']}` ({owner['endpoint']})",
                    where=str(path.parent),
                    hint="Name another folder with `--out`, or begin anew with `--restart`.",
                )
            self.include(answers)
            self._rewrite()

    def include(self, answers: Iterable[Kept]) -> None:
        """Answers that were kept elsewhere."""
        self._kept |= {(kept.request, kept.run): kept for kept in answers}

    def find(self, request: str, run: int) -> Kept | None:
        """The answer to a request in one of the runs, if it is kept."""
        kept = self._kept.get((request, run))
        if kept is not None:
            self._used[request, run] = None
        return kept

    def add(self, kept: Kept) -> None:
        """Keep an answer; it is in the file when this returns."""
        self._kept[kept.request, kept.run] = kept
        self._used[kept.request, kept.run] = None
        if not self.path.exists():
            self._rewrite()
            return
        with self.path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(kept.line())

    def tidy(self, articles: Collection[str]) -> None:
        """Leave out what is about these articles and was not asked for since the file was opened.

        The rest stays: what was asked for, in that order, then what is about other articles.
        """
        others = {k: v for k, v in self._kept.items() if v.article not in articles}
        self._kept = {key: self._kept[key] for key in self._used} | others
        self._rewrite()

    def _rewrite(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        part = self.path.with_name(self.path.name + ".part")
        with part.open("w", encoding="utf-8", newline="\n") as file:
            file.write(json.dumps(self._owner) + "\n")
            file.writelines(kept.line() for kept in self._kept.values())
        part.replace(self.path)


def read_answers(path: Path) -> tuple[dict[str, str], list[Kept]]:
    """Whose answers a file holds (`model`, `endpoint`), and the answers.

    Raises:
        InputError: it cannot be read, or a line before the last is no answer.
    """
    try:
        first, *lines = path.read_text(encoding="utf-8").split("\n")
        owner = {name: str(json.loads(first)[name]) for name in ("model", "endpoint")}
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path)) from None
    except (ValueError, KeyError, TypeError):
        raise InputError("is no file of answers", where=f"{path}:1") from None
    answers = []
    for number, line in enumerate(lines, start=2):
        try:
            if line:
                answers.append(Kept.read(line))
        except (ValueError, KeyError, TypeError):
            if number <= len(lines):
                raise InputError("is no answer", where=f"{path}:{number}") from None
    return owner, answers


def likely_tokens(tokens: Iterable[Token]) -> tuple[Token, ...]:
    """Tokens as they are kept: rounded, without the alternatives that hardly ever come."""
    return tuple(
        Token(
            token.text,
            round(token.logprob, 4),
            {t: round(p, 4) for t, p in token.alternatives.items() if p > _LEAST_LOGPROB},
        )
        for token in tokens
    )


def _token_out(token: Token) -> list[Any]:
    others = {text: p for text, p in token.alternatives.items() if text != token.text}
    return [token.text, token.logprob, others] if others else [token.text, token.logprob]


def _token_in(data: list[Any]) -> Token:
    text, logprob, *others = data
    return Token(text, logprob, {text: logprob, **(others[0] if others else {})})
