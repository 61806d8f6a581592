"""A digest as one page for a browser: no script, nothing from the network."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from summarizer.digest import words
from summarizer.digest.calendar import calendar_svg
from summarizer.digest.contents import Digest
from summarizer.digest.network import network_svg
from summarizer.digest.period import readable

if TYPE_CHECKING:
    from jinja2 import Template


def html_page(digest: Digest) -> str:
    """The digest as one document.

    Raises:
        UsageError: matplotlib, which draws the pictures, is not installed.
    """
    from markupsafe import Markup

    pictures = {"calendar": calendar_svg(digest.events), "network": network_svg(digest.pairs)}
    return _template().render(
        digest=digest,
        pictures={name: Markup(drawn) for name, drawn in pictures.items() if drawn},
        style=Markup((_FOLDER / "digest.css").read_text(encoding="utf-8")),
        words=words,
        readable=readable,
    )


_FOLDER = files("summarizer.digest") / "templates"


@lru_cache(maxsize=1)
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("summarizer.digest"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("digest.html")
