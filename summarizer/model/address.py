"""The address of an endpoint and the key for it: what they may be, and the client for them."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit, urlunsplit

from pydantic import SecretStr

from summarizer.errors import ModelUnavailable, UsageError

if TYPE_CHECKING:
    import openai

_AZURE_VERSION = "api-version"


def host(base_url: str) -> str:
    """The host and port of an address.

    Raises:
        UsageError: it is not an HTTP address, or holds what may be secret: addresses are logged.
    """
    try:
        parts = urlsplit(base_url)
        name, port = parts.hostname, parts.port
    except ValueError:
        name, port = None, None
    if not name or parts.scheme not in ("http", "https"):
        raise UsageError(
            "`--base-url` is not an HTTP address", hint="Write it as `http://localhost:8080/v1`."
        )
    if parts.username or parts.password or parse_qs(parts.query).keys() - {_AZURE_VERSION}:
        raise UsageError(
            "`--base-url` holds more than an address",
            where=name,
            hint=f"Of its query only `{_AZURE_VERSION}` is allowed; the key is `OPENAI_API_KEY`.",
        )
    return f"{name}:{port}" if port else name


def checked_key(key: SecretStr | None, label: str, *, needed: bool) -> SecretStr:
    """The key without blanks around it; an empty one if there is none.

    Raises:
        ModelUnavailable: the key is missing, or cannot be one.
    """
    plain = key.get_secret_value().strip() if key else ""
    if needed and not plain:
        raise ModelUnavailable(
            "this address wants a key", where=label, hint="Set `OPENAI_API_KEY`."
        )
    if not (plain.isascii() and plain.isprintable()):
        raise ModelUnavailable(
            "the key has characters that no key has", where=label, hint="Set it again."
        )
    return SecretStr(plain)


def connect(
    base_url: str,
    key: SecretStr,
    *,
    timeout: float,
    max_retries: int,
    hooks: Mapping[str, list[Callable[..., Any]]],
) -> openai.OpenAI:
    """A client of an address; one with an `api-version` is of Azure's older interface."""
    import openai

    parts = urlsplit(base_url)
    options: dict[str, Any] = {
        "base_url": urlunsplit(parts._replace(query="")),
        # Without one the client would take any key it finds in the environment.
        "api_key": key.get_secret_value() or "none",
        "timeout": timeout,
        "max_retries": max_retries,
        # A proxy of the environment does not lead to this machine itself.
        "http_client": openai.DefaultHttpxClient(
            trust_env=not _is_loopback(base_url), event_hooks=dict(hooks)
        ),
    }
    if version := parse_qs(parts.query).get(_AZURE_VERSION):
        return openai.AzureOpenAI(api_version=version[0], **options)
    return openai.OpenAI(**options)


def _is_loopback(base_url: str) -> bool:
    name = urlsplit(base_url).hostname or ""
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"
