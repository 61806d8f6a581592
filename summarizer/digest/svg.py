"""Drawings of matplotlib as SVG inside a page.

Text stays text, so that it is shown in the reader's fonts and can be found; colours are those of
the page's style sheet, light or dark; nothing in it depends on the day or the machine.
"""

from __future__ import annotations

import io
import re
import warnings
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from summarizer.errors import UsageError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

POINTS = 72  # to the inch: one unit of the drawing is one point
INK, QUIET, LINE, ACCENT, PAPER = ("#010101", "#020202", "#030303", "#040404", "#050505")
_VARIABLES = {INK: "ink", QUIET: "quiet", LINE: "line", ACCENT: "accent", PAPER: "paper"}
_SVG = "http://www.w3.org/2000/svg"
_FONT = re.compile(r"\bfont[\w-]*:[^;]*;?\s*")


def new_figure(width: float, height: float) -> Figure:
    """An empty drawing, in points.

    Raises:
        UsageError: matplotlib is not installed.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise UsageError(
            "a page with pictures needs `matplotlib`, which is not installed",
            hint="Install it with `python -m pip install matplotlib`, or write Markdown (`.md`).",
        ) from None
    figure = Figure(figsize=(width / POINTS, height / POINTS), dpi=POINTS)
    figure.patch.set_visible(False)
    return figure


def inline_svg(figure: Figure, name: str, title: str, description: str) -> str:
    """The drawing as an element of a page.

    Args:
        figure: drawn with the colours above.
        name: what ids in it begin with.
        title: for those who cannot see it.
        description: what it shows, in a sentence or two.
    """
    from matplotlib import rc_context

    written = io.StringIO()
    with warnings.catch_warnings(), rc_context({"svg.fonttype": "none", "svg.hashsalt": name}):
        # Its own font lacks many scripts; the reader's is used.
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        warnings.filterwarnings("ignore", message="Matplotlib currently does not support")
        nothing: dict[str, Any] = dict.fromkeys(("Creator", "Date", "Format", "Type"))
        figure.savefig(written, format="svg", metadata=nothing)
    return _fitted(ElementTree.fromstring(written.getvalue()), name, title, description)


def _fitted(svg: ElementTree.Element, name: str, title: str, description: str) -> str:
    """Without ids, fonts and sizes of its own, with words for those who cannot see it."""
    for child in [*svg]:
        if child.tag in (f"{{{_SVG}}}metadata", f"{{{_SVG}}}defs"):
            svg.remove(child)
    for element in svg.iter():
        element.attrib.pop("id", None)
        if style := element.get("style"):
            style = _FONT.sub("", style)
            for colour, variable in _VARIABLES.items():
                style = style.replace(colour, f"var(--{variable})")
            element.set("style", style)
    _, _, width, _ = svg.attrib["viewBox"].split()
    for key in ("width", "height", "version"):
        svg.attrib.pop(key, None)
    svg.attrib |= {
        "class": "picture",
        "role": "img",
        "aria-labelledby": f"{name}-title {name}-about",
        "style": f"width: {width}px",
    }
    for at, (tag, words) in enumerate((("title", title), ("desc", description))):
        said = ElementTree.Element(f"{{{_SVG}}}{tag}")
        said.set("id", f"{name}-{'title' if tag == 'title' else 'about'}")
        said.text = words
        svg.insert(at, said)
    ElementTree.register_namespace("", _SVG)
    return ElementTree.tostring(svg, encoding="unicode")
