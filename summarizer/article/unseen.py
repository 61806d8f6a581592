"""Elements of a web page that its readers do not see, taken out before the article is looked for.

An extractor takes the text of a page whether it is shown or not. What is hidden, by an attribute,
by the element's own style, by a rule of the page's style sheet or by one of the class names that
style sheets use for it, is no part of the report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

_NEVER_SHOWN = frozenset(
    [
        "template", "noscript", "textarea", "select", "datalist", "svg", "math", "object",
        "embed", "applet", "iframe", "audio", "video", "canvas", "noframes", "noembed", "rp",
        "script", "style",
    ]
)  # fmt: skip
_KEPT = frozenset(["html", "head", "body"])
# Class names by which the style sheets in common use take away what they name.
_HIDING = frozenset(
    [
        "visually-hidden", "visuallyhidden", "sr-only", "screen-reader-text", "screen-reader-only",
        "screenreader-only", "u-visually-hidden", "a11y-hidden", "d-none", "is-hidden", "u-hidden",
        "hidden", "invisible", "offscreen", "off-screen",
    ]
)  # fmt: skip
# What hides in any style. Of a style sheet no more than this counts: what it makes white may stand
# on black, and what it fades out is often faded in by a program.
_HIDES = (
    r"display\s*:\s*none|(?:content-)?visibility\s*:\s*(?:hidden|collapse)"
    r"|font-size\s*:\s*(?:0+(?:\.0+)?[a-z%]*|[1-3](?:\.\d+)?(?:px|pt))(?=\s*(?:!|;|$))"
    r"|(?:left|top|text-indent)\s*:\s*-\s*\d{3}"
    r"|clip(?:-path)?\s*:\s*(?:rect\(\s*[01](?:px)?[\s,]+[01]|inset\(\s*(?:50|100)%|circle\(\s*0)"
)
_SHEET = re.compile(rf"(?:^|[;\s])(?:{_HIDES})", re.IGNORECASE)
_STYLE = re.compile(
    rf"(?:^|[;\s])(?:{_HIDES}"
    r"|opacity\s*:\s*(?:0+(?:\.0*)?|\.0+)%?(?=\s*(?:!|;|$))"
    r"|(?:max-)?(?:height|width)\s*:\s*[01](?:px)?(?=\s*(?:!|;|$))"
    r"|transform\s*:\s*scale\(\s*0\s*[,)]"
    r"|color\s*:\s*(?:transparent|rgba\([^()]*,\s*0\s*\))"
    r"|color\s*:\s*(?:white|#fff(?:fff)?)(?=\s*(?:!|;|$))(?!.*background)"
    r")",
    re.IGNORECASE,
)
# `hidden` and `d-none` that hold for narrow windows only.
_SHOWN_WIDER = re.compile(
    r"(?:sm|md|lg|xl|2xl):(?:block|flex|grid|inline\S*|contents|table\S*)"
    r"|d-(?:sm|md|lg|xl|xxl)-(?!none)\w+"
)
_SHOWS = re.compile(r"(?:^|;)\s*(?:display\s*:\s*(?!none)|visibility\s*:\s*visible)", re.IGNORECASE)
_COMPOUND = re.compile(r"([a-z][\w-]*)?((?:[.#][\w-]+)*)", re.IGNORECASE)
_PART = re.compile(r"([.#])([\w-]+)")
_LONGEST_SHEET = 1_000_000  # characters


class _Rule(NamedTuple):
    """A rule about a kind of element; of several that fit one, the greatest decides."""

    weight: tuple[int, int, int, int]
    tag: str
    needs: frozenset[str]
    hides: bool


def take_out_unseen(tree: Any) -> None:
    """Take what is not shown out of a page, an `lxml` tree; the text behind an element stays."""
    rules = _rules_by_key(tree)
    unseen = [element for element in tree.iter() if _is_unseen(element, rules)]
    for element in unseen:
        parent = element.getparent()
        if parent is not None:
            _drop(element, parent)


def _drop(element: Any, parent: Any) -> None:
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = f"{parent.text or ''} {element.tail}"
        else:
            before.tail = f"{before.tail or ''} {element.tail}"
    parent.remove(element)


def _is_unseen(element: Any, rules: dict[str, list[_Rule]]) -> bool:
    tag = element.tag
    if not isinstance(tag, str):  # a comment, or an instruction to a program
        return True
    if tag in _NEVER_SHOWN or (tag == "dialog" and element.get("open") is None):
        return True
    if tag in _KEPT or tag in ("meta", "title", "link"):
        return False
    style = element.get("style") or ""
    if element.get("hidden") is not None or _STYLE.search(style):
        return True
    classes = (element.get("class") or "").split()
    hiding = not _HIDING.isdisjoint(name.lower() for name in classes)
    if hiding and not any(map(_SHOWN_WIDER.fullmatch, classes)):
        return True
    if not rules or _SHOWS.search(style):
        return False
    names = {f".{name}" for name in classes}
    if identifier := element.get("id"):
        names.add(f"#{identifier}")
    fitting = [
        rule
        for key in (*names, tag)
        for rule in rules.get(key, ())
        if rule.tag in ("", tag) and rule.needs <= names
    ]
    return bool(fitting) and max(fitting).hides


# -- style sheets ---------------------------------------------------------------------------------


def _rules_by_key(tree: Any) -> dict[str, list[_Rule]]:
    """The rules of a page's own style sheets that hide or show, by a name that each one needs."""
    found: dict[str, list[_Rule]] = {}
    sheets = [style.text or "" for style in tree.iter("style") if _is_for_screens(style)]
    source = "\n".join(sheets)[:_LONGEST_SHEET]
    if not _SHEET.search(re.sub(r"[{}]", ";", source)):
        return {}
    for rule in _rules(source):
        found.setdefault(min(rule.needs, default=rule.tag), []).append(rule)
    return found


def _is_for_screens(style: Any) -> bool:
    return (style.get("media") or "all").strip().lower() in ("all", "screen")


def _rules(source: str) -> Iterator[_Rule]:
    """Rules outside of conditions, about elements named by tag, class and id alone."""
    import tinycss2

    rules = tinycss2.parse_stylesheet(source, skip_comments=True, skip_whitespace=True)
    for order, rule in enumerate(rules):
        if rule.type != "qualified-rule":
            continue
        declared = tinycss2.serialize(rule.content)
        hides = _SHEET.search(declared) is not None
        if not hides and not _SHOWS.search(declared):
            continue
        for selector in tinycss2.serialize(rule.prelude).split(","):
            named = _COMPOUND.fullmatch(selector.strip())
            if named is None or not named[0]:
                continue
            parts = _PART.findall(named[2])
            ids = sum(sign == "#" for sign, _ in parts)
            weight = (int("!important" in declared), ids, len(parts) - ids, order)
            needs = frozenset(sign + name for sign, name in parts)
            yield _Rule(weight, (named[1] or "").lower(), needs, hides)
