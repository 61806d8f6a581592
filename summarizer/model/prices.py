"""What an answer costs: the prices that come with the program, and the user's own above them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from summarizer.errors import UsageError
from summarizer.model.usage import Usage

_SHIPPED = Path(__file__).parent / "prices.toml"
_MILLION = 1_000_000
_SNAPSHOT = re.compile(r"-\d{4}-\d{2}-\d{2}$")  # as in `gpt-4o-mini-2024-07-18`


@dataclass(frozen=True)
class Price:
    """What one model costs at one host, in USD for a million tokens.

    `cached_input` is None where tokens that the server had read before cost what others cost;
    `cache_write` is what the others cost where the server charges for keeping them. `batch` is the
    share of the input and output prices that the provider's batch interface takes, if it has one.
    `date` is the day on which these figures stood in `source`.
    """

    model: str
    host: str
    input: Decimal
    output: Decimal
    cached_input: Decimal | None
    cache_write: Decimal | None
    batch: Decimal | None
    source: str
    date: date

    def cost(self, usage: Usage) -> float:
        """What these tokens cost in USD.

        A server that charges for keeping what it reads does so for most of it; all of it is counted
        at that price, so that the cost is never understated.
        """
        cached = min(usage.cached_tokens, usage.prompt_tokens)
        new = usage.prompt_tokens - cached
        new_price = self.input if self.cache_write is None else self.cache_write
        cached_price = self.input if self.cached_input is None else self.cached_input
        written = usage.completion_tokens * self.output
        return float((new * new_price + cached * cached_price + written) / _MILLION)

    def batched(self) -> Price | None:
        """The price through the provider's batch interface; None if it is not known.

        Tokens read before cost what they cost otherwise, if that is less: nobody says that their
        price falls as well, and the cost is never understated.
        """
        share = self.batch
        if share is None:
            return None
        read = self.input * share
        return replace(
            self,
            input=read,
            output=self.output * share,
            cached_input=None if self.cached_input is None else min(self.cached_input, read),
            cache_write=None if self.cache_write is None else self.cache_write * share,
        )


@dataclass(frozen=True)
class PriceTable:
    """The prices of all models that are known, each at its own host."""

    prices: tuple[Price, ...]

    def find(self, model: str, address: str | None) -> Price | None:
        """The price of a model at an address; None if it is not known.

        The same model costs something else elsewhere, so that the host has to fit as well. A dated
        snapshot has the price of its family unless it has one of its own.

        Args:
            model: its name, in any case.
            address: a base URL, or a host with or without its port; None for a model of this
                machine, which has no price.
        """
        address = (address or "").lower()
        parts = urlsplit(address if "//" in address else f"//{address}")
        hosts = (parts.hostname, parts.netloc.rpartition("@")[2])
        here = {price.model: price for price in self.prices if price.host in hosts}
        name = model.lower()
        return here.get(name) or here.get(_SNAPSHOT.sub("", name))


def load_prices(path: Path | None = None) -> PriceTable:
    """The prices that come with the program; those of the user's file at `path` replace them.

    Raises:
        UsageError: the file cannot be read, or a key or price in it is wrong.
    """
    known = {(price.host, price.model): price for price in _read(_SHIPPED)}
    if path is not None:
        known |= {(price.host, price.model): price for price in _read(path)}
    return PriceTable(tuple(known.values()))


def _number(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError("it is no number")
    return value


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


_USD = Annotated[Decimal, BeforeValidator(_number), Field(ge=0, le=_MILLION, allow_inf_nan=False)]
_Share = Annotated[Decimal, BeforeValidator(_number), Field(ge=0, le=1, allow_inf_nan=False)]
_Text = Annotated[str, Field(min_length=1)]


class _Model(_Strict):
    input: _USD
    output: _USD
    cached_input: _USD | None = None
    cache_write: _USD | None = None


class _Group(_Strict):
    hosts: Annotated[list[_Text], Field(min_length=1)]
    source: _Text
    date: date
    batch: _Share | None = None
    models: Annotated[dict[_Text, _Model], Field(min_length=1)]


class _File(_Strict):
    prices: list[_Group]


def _read(path: Path) -> Iterator[Price]:
    seen: set[tuple[str, str]] = set()
    for number, group in enumerate(_load(path).prices):
        for name, model in group.models.items():
            for host in group.hosts:
                price = Price(
                    model=name.lower(),
                    host=host.lower(),
                    batch=group.batch,
                    source=group.source,
                    date=group.date,
                    **dict(model),
                )
                if (price.host, price.model) in seen:
                    key = f"prices[{number}].models.{name}"
                    raise UsageError(f"`{key}` is a second price at `{host}`", where=str(path))
                seen.add((price.host, price.model))
                yield price


def _load(path: Path) -> _File:
    where = str(path)
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        return _File.model_validate(values)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"is not TOML: {error}", where=where) from None
    except UnicodeDecodeError:
        raise UsageError("is not UTF-8", where=where) from None
    except OSError as error:
        raise UsageError(f"cannot be read: {error.strerror}", where=where) from None
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        hint = '`"NAME" = { input = 2.5, output = 10 }` is a price: USD for a million tokens.'
        raise UsageError(_complaint(first), where=where, hint=hint) from None
    except (ValueError, RecursionError, ArithmeticError):
        raise UsageError("is not TOML that can be read", where=where) from None


def _complaint(error: Any) -> str:
    key = ""
    for part in error["loc"]:
        key += f"[{part}]" if isinstance(part, int) else f".{part}"
    match error["type"]:
        case "extra_forbidden":
            return f"unknown key `{key[1:]}`"
        case "missing":
            return f"`{key[1:]}` is missing"
    return f"`{key[1:]}` is wrong: {str(error['msg']).removeprefix('Value error, ')}"
