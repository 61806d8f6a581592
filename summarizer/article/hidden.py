"""What the readers of an article do not see: invisible characters, markup, chat templates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarizer.article.chat import chat_turns

# Unicode's default ignorable characters that change no letter beside them, controls of terminals,
# and private use. The joiners U+200C and U+200D shape words in the scripts without letter case.
_STEERING = (
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\n\x1b]{0,400}?(?:\x07|\x1b\\|\x9c)|[ -/]*[0-~])"
    r"|\x9b[0-?]*[ -/]*[@-~]"
)
STEERING = re.compile(_STEERING)
"""Sequences that steer a terminal (ECMA-48)."""
_INVISIBLE = re.compile(
    rf"{_STEERING}"
    r"|[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    r"\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\ue000-\uf8ff"
    r"\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
    r"|(?:(?<=[\x00-\u052f\u2000-\u206f])|^)[\u200c\u200d]+|(?<=\W)[\ufe00-\ufe0f]"
)

_LONGEST = 4000  # characters between what opens a hidden passage and what closes it
_INSTRUCTION = re.compile(r"<\?[^<>]{0,400}\?>")
# Elements that a page does not show, and those that only a prompt has.
_UNSEEN = re.compile(
    r"script|style|template|iframe|noscript|svg|object|head|textarea|select|math|applet|audio|video"
    r"|canvas|embed|form|system(?:_prompt)?|assistant|user|developer|human|prompt|admin|hidden|secret"
    r"|(?:important_)?instructions?|tools?|tool_(?:call|result)|function(?:_calls?|_results)?|answer"
    r"|output|response|result|json|record|think(?:ing)?|override|context|document|untrusted"
)
_ELEMENT = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][\w.:-]*)(?P<rest>[^<>]*)>")
_HIDDEN = re.compile(
    r"\bhidden\b|display\s*:\s*none|opacity\s*:\s*0(?:\.0\d*)?\s*(?:[;\"'!]|$)"
    r"|font-size\s*:\s*(?:0|[1-3](?:\.\d+)?(?:px|pt))\s*(?:[;\"'!a-z]|$)"
    r"|(?<!-)(?:max-)?(?:height|width)\s*:\s*0(?:px)?\s*(?:[;\"'!]|$)"
    r"|(?:left|top|text-indent)\s*:\s*-\d{3}"
    r"|(?<!-)color\s*:\s*(?:white|transparent|#fff(?:fff)?)\s*(?:[;\"'!]|$)",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[A-Za-z][\w:-]*(?:\s[^<>]*)?/?>|<!\[?[A-Za-z][^<>]*>")

_IMAGE = re.compile(r"!\[[^\[\]\n]{0,400}\]\([^()\n]{0,400}\)")
_LINK = re.compile(
    r"\[[^\[\]\n]{0,400}\]\(\s*(?:javascript|data|vbscript|file)\s*:"
    r"[^()\n]{0,400}(?:\([^()\n]{0,400}\)[^()\n]{0,400}){0,3}\)",
    re.I,
)
# What the text of a link stands before: its address, and a title.
_TARGET = re.compile(
    r"(?<!!)\[([^\[\]\n]{1,400})\]\((?:https?:|mailto:|www\.|/|#)[^()\n\"]{0,400}"
    r"(?:\([^()\n]{0,100}\)[^()\n\"]{0,100})?(?:\"[^\"\n]{0,400}\"\s*)?\)"
)
_CONCEALED = re.compile(r"\x1b\[(?:\d+;)*8(?:;\d+)*m[^\x1b\n]*")


def invisible(text: str) -> list[tuple[int, int]]:
    """Where characters stand that show nothing, or steer a terminal."""
    return [found.span() for p in (_CONCEALED, _INVISIBLE) for found in p.finditer(text)]


def markup(text: str) -> list[tuple[int, int]]:
    """Where elements, comments, images and turns of a chat stand that no reader sees."""
    cuts: list[tuple[int, int]] = []
    if "<" in text:
        cuts += _comments(text)
        cuts += _elements(text)
    if "<" in text or "[" in text:
        cuts += chat_turns(text)
        cuts += [found.span() for p in (_IMAGE, _LINK) for found in p.finditer(text)]
    return cuts


def tags(text: str) -> list[tuple[int, int]]:
    """Where tags and the addresses of links stand; what is between them is text."""
    cuts = [found.span() for p in (_INSTRUCTION, _TAG) for found in p.finditer(text)]
    for link in _TARGET.finditer(text) if "](" in text else ():
        cuts += [(link.start(), link.start(1)), (link.end(1), link.end())]
    return cuts


def _comments(text: str) -> Iterator[tuple[int, int]]:
    """HTML comments; one that nothing closes ends with its line, if it begins it too."""
    at = text.find("<!--")
    while at >= 0:
        closing = text.find("-->", at + 4, at + _LONGEST)
        line = text.rfind("\n", 0, at) + 1
        end = closing + 3
        if closing < 0:
            end = text.find("\n", at) if not text[line:at].strip() else at + 4
        yield at, end if end >= 0 else len(text)
        at = text.find("<!--", at + 4 if end < 0 else end)


def _elements(text: str) -> Iterator[tuple[int, int]]:
    """Elements that are not shown, with what is in them."""
    opened: dict[str, list[re.Match[str]]] = {}
    for found in _ELEMENT.finditer(text):
        name = found["name"].lower()
        if not found["close"]:
            opened.setdefault(name, []).append(found)
        elif opened.get(name):
            opening = opened[name].pop()
            unseen = _UNSEEN.fullmatch(name) or _HIDDEN.search(opening["rest"])
            if unseen and found.start() - opening.end() <= _LONGEST:
                yield opening.start(), found.end()
