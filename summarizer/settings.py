"""Settings, and the model they select.

An option beats an environment variable, which beats the project file `summarizer.toml`, which
beats the default. The variable of `base_url` is `SUMMARIZER_BASE_URL`, and so on; `OPENAI_API_KEY`
and `OPENAI_BASE_URL` work as everywhere. The key has no option and no place in the file.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import AliasChoices, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from summarizer.errors import ModelUnavailable, UsageError

PROJECT_FILE = "summarizer.toml"
OPENAI_URL = "https://api.openai.com/v1"
_HOSTED = re.compile(r"(?:gpt-|chatgpt-|o[134](?:-|$)|ft:(?:gpt|o[134])-)", re.IGNORECASE)

Format = Literal["text", "json", "jsonl", "md", "html"]
EngineName = Literal["local", "ray", "openai-batch"]
PartsFormat = Literal["jsonl", "parquet"]


class Settings(BaseSettings):
    """What every command may be told; one source of the values, whatever they came from."""

    model_config = SettingsConfigDict(
        env_prefix="SUMMARIZER_",
        env_ignore_empty=True,
        validate_by_name=True,
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
    )

    prompt: str = "grounded"
    model: str | None = None
    base_url: str | None = Field(
        default=None,
        validation_alias=AliasChoices("SUMMARIZER_BASE_URL", "OPENAI_BASE_URL"),
    )
    api_key: SecretStr | None = Field(default=None, validation_alias="OPENAI_API_KEY")
    published: str | None = None
    format: Format | None = None
    out: Path | None = None
    no_text: bool = False
    fail_fast: bool = False
    jobs: int | None = Field(default=None, ge=1, le=1024)
    max_tokens_total: int | None = Field(default=None, ge=1)
    max_cost: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    max_rpm: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    max_tpm: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    timeout: float = Field(default=600.0, gt=0, allow_inf_nan=False)
    prices: Path | None = None
    no_cache: bool = False
    cache_limit_mb: int = Field(default=2000, ge=1)
    restart: bool = False
    engine: EngineName = "local"
    ray_address: str | None = None
    parts: str | None = None
    parts_format: PartsFormat = "jsonl"
    batch_size: int = Field(default=50_000, ge=1, le=50_000)
    batch_poll: float = Field(default=30.0, gt=0, allow_inf_nan=False)
    allow_private_addresses: bool = False
    keep_pages: Path | None = None
    verbose: bool = False

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Options, then the environment; `load_settings` puts the file's values below them."""
        return init_settings, env_settings


@dataclass(frozen=True)
class ModelChoice:
    """The model to use, and where: `base_url` is None for the embedded one.

    `by_default` tells that nobody chose it. `api_key` never shows in a repr.
    """

    model: str
    base_url: str | None = None
    api_key: SecretStr | None = None
    by_default: bool = False


@dataclass(frozen=True)
class _ProjectFile:
    path: Path
    values: Mapping[str, Any]
    lines: Mapping[str, int]

    def place(self, key: str) -> str:
        line = self.lines.get(key)
        return f"{self.path}:{line}" if line else str(self.path)


def load_settings(folder: Path | None = None, **options: Any) -> Settings:
    """The settings that hold in `folder` (the current one); an option of None was not given.

    Raises:
        UsageError: a value or key is wrong; the option, the variable or the file's line is named.
    """
    given = {name: value for name, value in options.items() if value is not None}
    file = _read_project_file(folder or Path.cwd())
    from_file = dict(file.values) if file else {}
    try:
        above = Settings(**given)
        below = {k: v for k, v in from_file.items() if k not in above.model_fields_set}
        return Settings(**below, **given) if below else above
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        field = _field(str(first["loc"][0]))
        where = _origin(field, given, file)
        raise UsageError(f"`{field}` is wrong: {first['msg']}", where=where) from None


def choose_model(settings: Settings) -> ModelChoice:
    """The model that the settings select.

    A base URL or the name of a hosted model selects an endpoint; a key alone never does. A name in
    the catalogue or a path to a `.gguf` file is local. With neither, the default local model.

    Raises:
        UsageError: an endpoint without a model, an address that is none, or an unknown name.
        ModelUnavailable: a hosted model without a key.
    """
    from summarizer.model import find_model, load_catalogue

    name = settings.model
    if settings.base_url is not None:
        _check_address(settings.base_url)
        if name is None:
            raise UsageError(
                "an endpoint needs the name of a model",
                where="--base-url",
                hint="Add `--model NAME`, or set `SUMMARIZER_MODEL`.",
            )
        return ModelChoice(name, settings.base_url, settings.api_key)
    if name is None:
        return ModelChoice(load_catalogue().default, by_default=True)
    if _HOSTED.match(name) and not name.lower().endswith(".gguf"):
        if settings.api_key is None:
            raise ModelUnavailable(
                f"`{name}` is a hosted model, and there is no key for it",
                hint="Set `OPENAI_API_KEY`, or choose a local model: `summarizer models list`.",
            )
        return ModelChoice(name, OPENAI_URL, settings.api_key)
    is_path = name.lower().endswith(".gguf")
    return ModelChoice(name if is_path else find_model(name).name)


def _check_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        is_address = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        is_address = False
    if not is_address:
        raise UsageError(
            "the base URL is no web address",
            where="--base-url",
            hint="It looks like `http://127.0.0.1:8080/v1`.",
        )
    if parts.username or parts.password:
        raise UsageError(
            "the base URL holds a name or password, which would be stored in the record",
            where="--base-url",
            hint="Give the key in `OPENAI_API_KEY`.",
        )


def _field(alias: str) -> str:
    return {"SUMMARIZER_BASE_URL": "base_url", "OPENAI_BASE_URL": "base_url"}.get(
        alias, "api_key" if alias == "OPENAI_API_KEY" else alias
    )


def _origin(field: str, given: Mapping[str, Any], file: _ProjectFile | None) -> str:
    """Where a value came from: an option, a variable, or a line of the project file."""
    if field in given:
        return "--" + field.replace("_", "-")
    variable = f"SUMMARIZER_{field.upper()}"
    if os.environ.get(variable):
        return variable
    return file.place(field) if file else variable


def find_project_file(folder: Path) -> Path | None:
    """`summarizer.toml` in the folder or above it, up to the repository or home folder.

    Outside of both only the folder itself is looked at: a shared folder above it is not trusted.
    """
    folder = folder.resolve()
    home = Path.home().resolve()
    searched: list[Path] = []
    for candidate in (folder, *folder.parents):
        searched.append(candidate)
        if candidate == home or (candidate / ".git").exists():
            break
    else:
        searched = [folder]
    files = (candidate / PROJECT_FILE for candidate in searched)
    return next((file for file in files if file.is_file()), None)


def _read_project_file(folder: Path) -> _ProjectFile | None:
    path = find_project_file(folder)
    if path is None:
        return None
    try:
        text = path.read_text(encoding="utf-8")
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"is not TOML: {error}", where=str(path)) from None
    except UnicodeDecodeError:
        raise UsageError("is not UTF-8", where=str(path)) from None
    except (ValueError, RecursionError):  # a number or a nesting without end
        raise UsageError("is not TOML that can be read", where=str(path)) from None
    except OSError as error:
        raise UsageError(f"cannot be read: {error.strerror}", where=str(path)) from None
    file = _ProjectFile(path, _from_here(values, path.parent), _lines(text))
    allowed = [name for name in Settings.model_fields if name != "api_key"]
    for key in values:
        if key == "api_key":
            raise UsageError(
                "a key does not belong in a file",
                where=file.place(key),
                hint="Set `OPENAI_API_KEY`.",
            )
        if key not in allowed:
            known = ", ".join(f"`{name}`" for name in allowed)
            raise UsageError(f"unknown key `{key}`", where=file.place(key), hint=f"Known: {known}.")
    return file


def _from_here(values: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Paths in the file are relative to it."""
    read = dict(values)
    for key in ("prompt", "model", "out", "prices", "keep_pages"):
        value = read.get(key)
        is_path = isinstance(value, str) and (
            key in ("out", "prices", "keep_pages") or re.search(r"[/\\]|\.gguf$", value)
        )
        if is_path and value:
            read[key] = str(folder / Path(value).expanduser())
    return read


def _lines(text: str) -> dict[str, int]:
    """The line of each key or table at the top of the file."""
    found: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        match = re.match(r"\s*\[*\s*[\"']?([\w-]+)[\"']?\s*(?:=|\.|\])", line)
        if match:
            found.setdefault(match[1], number)
    return found
