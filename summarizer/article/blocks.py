"""Text in an article that is written for programs: data, code, and the marks of chats and prompts.

JSON, blocks of code, formulas, settings, and lines that imitate the roles of a chat or the marks of
a prompt are no part of a report.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

_LONGEST = 6000  # characters of a block
_LEAD_IN = 12  # words on a block's own line that only lead to it
_FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,})[^\n]*$", re.MULTILINE)
_KEY = re.compile(r"""["']?\w[\w .-]{0,40}["']?\s*:""")
_BRACE = re.compile(r"[{}]")
_YAML = re.compile(
    r"^---[ \t]*\n(?:[^\n]*:[^\n]*\n|[ \t]+[^\n]*\n|- [^\n]*\n)+---[ \t]*$", re.MULTILINE
)
_ROLES = (
    "system|assistant|user|human|developer|ai|chatbot|bot|llm|gpt|système|"
    "utilisateur|benutzer|sistema|usuario|asistente|assistent|система|ассистент|пользователь|"
    "النظام|المساعد|المستخدم|系统|助手|用户|模型"
)
_NOTES = (
    "prompt|message|note|override|instructions?|update|role|notice|command|turn|directive|alert"
)
_TASKS = "task|prompt|instructions?|input|output"
_WRAPPED = (
    "(?:PROMPT|CONTEXT|INSTRUCTIONS?|INPUT|OUTPUT|DATA|ARTICLE|REPORT|TEXT|DOCUMENT|MESSAGE|"
    "CONVERSATION|SYSTEM|USER)"
)
_SENTENCE = r"[^\n]*?(?:[.!?。！？][\"”’»)\]]{0,3}(?=\s)|(?=\n)|$)"
_ROLE = rf"(?:{_ROLES})(?:[ _-](?:{_NOTES}))?"
_EDGE = r"^[^\w\n]{0,8}"
_MARKS = (
    # system: …   [assistant] …   |user|…
    re.compile(rf"{_EDGE}{_ROLE}[^\w\n]{{0,4}}[:：>|\]][^\n]*$", re.IGNORECASE | re.MULTILINE),
    re.compile(
        rf"{_EDGE}(?:SYSTEM|ASSISTANT|USER|DEVELOPER)[ _-](?:{_NOTES.upper()})\b[^\n]*$", re.M
    ),
    # … SYSTEM: …, amid a line: a sentence
    re.compile(
        rf"(?<=[.!?|»”\"/\]–—-] )[^\w\n]{{0,3}}{_ROLE}[^\w\n]{{0,3}}[:：]\s{_SENTENCE}", re.I
    ),
    re.compile(
        rf"(?<= )[^\w\n]{{0,3}}(?:SYSTEM|ASSISTANT|USER)(?: [A-Z]+)?[^\w\n]{{0,3}}:\s{_SENTENCE}"
    ),
    # -----BEGIN PROMPT-----   === END OF ARTICLE ===   END TRUSTED CONTEXT
    re.compile(r"^[ \t]*([=*_~#-])\1{2,40}[^\w\n]{0,4}\w[^\n]{0,200}\1{3}[ \t]*$", re.MULTILINE),
    re.compile(
        rf"{_EDGE}(?:BEGIN|END|START)(?: [A-Z]+){{0,3}} {_WRAPPED}[^\w\n]{{0,8}}$", re.MULTILINE
    ),
    # BEGIN SYSTEM PROMPT … END SYSTEM PROMPT, amid a line
    re.compile(rf"\bBEGIN((?: [A-Z]+){{0,3}} {_WRAPPED})\b[^\n]{{0,1000}}?\bEND\1\b"),
    re.compile(
        rf"{_EDGE}(?:(?:this is )?the )?(?:end|begin(?:ning)?|start) of (?:the )?(?:\w+ )?"
        r"(?:article|report|text|document|input|context|prompt|message|conversation|data|transcript)"
        r"[^\w\n]{0,8}$",
        re.IGNORECASE | re.MULTILINE,
    ),
    # ### Instruction:   # New task   Example output: …
    re.compile(
        rf"^[ \t]*#{{1,6}}[ \t]*(?:new |your |next )?(?:{_ROLES}|{_TASKS}|response|answer)\b[^\n]*$"
        rf"|^[ \t]*(?:example|sample|expected|correct|new|your) (?:{_TASKS}|answer|response)"
        r"\b[^\n:]{0,20}:[^\n]*$",
        re.IGNORECASE | re.MULTILINE,
    ),
    # the marks of this program's own prompts: `Report:`, `A: …`, `s1: …`, `3: …`
    re.compile(r"^(?:Report|People named in it):[ \t]*$|^The meeting: [^\n]*$", re.MULTILINE),
    re.compile(r"^[ \t]*(?:[ms]?\d{1,3}|[A-Z])[ \t]*[:：][ \t]+\S[^\n]*$", re.MULTILINE),
    re.compile(
        r"^[ \t]*(?:sentence|passage|phrase)[ \t]*[#№]?[ \t]*(?:\d{1,3}|[A-Z])"
        r"[ \t]*[:：][ \t]+\S[^\n]*$",
        re.IGNORECASE | re.MULTILINE,
    ),
    # the lines of a header: `X-Place: …`
    re.compile(
        r"^[ \t]*(?:X-\w+|[A-Za-z]+(?:-[A-Za-z]+){2,})(?:-\w+)*[ \t]*:[^\n]*$", re.MULTILINE
    ),
    # a cell that a spreadsheet would run; a comment, a setting, a key of a program
    re.compile(r"^[ \t]*[=+@-][A-Za-z_]+[(|!][^\n]*$|^[ \t]*(?://|#!|/\*)[^\n]*$", re.MULTILINE),
    re.compile(r"^[ \t]*[A-Za-z]\w*(?:\[\w*\]|\.\w+){0,6}[ \t]*(?:[:+]?=)[ \t]*\S[^\n]*$", re.M),
    re.compile(r"^[ \t]*-?[ \t]*[A-Za-z]+(?:_[A-Za-z]+)+[ \t]*:[^\n]*$", re.MULTILINE),
)
_BRACKETS = re.compile(r"[(\[{]{1,3}[^()\[\]{}\n]{1,500}[)\]}]{1,3}")
_SETTING = re.compile(r"\w ?=(?!=)")  # ((place=…; date=…))
_BETWEEN, _LINES_BETWEEN = 1000, 4  # characters, lines: what is between two marks belongs to them
_BLANK = re.compile(r"\n[ \t]*\n")
_QUESTION = re.compile(r"^[ \t]*Q[ \t]*[:.]", re.MULTILINE)


def blocks(text: str) -> list[tuple[int, int]]:
    """Where data and code stand, and lines in the form of a chat or a prompt."""
    cuts = [*_fenced(text), *_objects(text)]
    cuts += [found.span() for found in _YAML.finditer(text)]
    return cuts + _joined(text, sorted(_marked(text)))


def _marked(text: str) -> Iterator[tuple[int, int]]:
    """Lines that imitate a chat, a prompt or a program."""
    interview = _QUESTION.search(text) is not None
    for pattern in _MARKS:
        for found in pattern.finditer(text):
            if not (interview and found[0].lstrip()[:2] in ("A:", "Q:")):
                yield found.start(), _block_end(text, found)
    for brackets in _BRACKETS.finditer(text):
        if len(_SETTING.findall(brackets[0])) > 1:
            yield brackets.span()


def _block_end(text: str, mark: re.Match[str]) -> int:
    """Where a mark ends; one that only introduces what follows ends with its block."""
    words = mark[0].strip()
    if not words.endswith((":", "：", "]", ">")) and (words[0] != "#" or len(words.split()) > 3):
        return mark.end()
    blank = _BLANK.search(text, mark.end(), mark.end() + _BETWEEN)
    if blank is not None:
        return blank.start()
    line = text.find("\n", mark.end() + 1)
    return line if line >= 0 else len(text)


def _joined(text: str, cuts: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The cuts, with what stands between two of them in one block."""
    joined: list[tuple[int, int]] = []
    for start, end in cuts:
        last = joined[-1][1] if joined else 0
        near = joined and start - last <= _BETWEEN and not _BLANK.search(text, last, start)
        if near and text.count("\n", last, start) <= _LINES_BETWEEN:
            joined[-1] = joined[-1][0], max(last, end)
        else:
            joined.append((start, end))
    return joined


def _fenced(text: str) -> Iterator[tuple[int, int]]:
    """Blocks of code between fences; one that nothing closes ends with its block."""
    start: int | None = None
    for fence in _FENCE.finditer(text):
        if start is None:
            start = fence.start()
        elif fence.end() - start <= _LONGEST:
            yield start, fence.end()
            start = None
        else:
            start = fence.start()
    if start is not None:
        blank = _BLANK.search(text, start)
        yield start, blank.start() if blank else len(text)


def _objects(text: str) -> Iterator[tuple[int, int]]:
    """Objects of JSON with keys, with the few words on the line that lead to them."""
    keys = [key.start() for key in _KEY.finditer(text)] if "{" in text else []
    opened: list[int] = []
    for brace in _BRACE.finditer(text) if keys else ():
        if brace[0] == "{":
            opened.append(brace.start())
        elif opened:
            at, end = opened.pop(), brace.end()
            if end - at <= _LONGEST and bisect_left(keys, at) < bisect_left(keys, end):
                yield _with_line(text, at, end)


def _with_line(text: str, start: int, end: int) -> tuple[int, int]:
    """An object with the brackets around it, and its line if few words only lead to it."""
    while start and text[start - 1] == "[":
        start -= 1
    while end < len(text) and text[end] in "],;":
        end += 1
    line = max(text.rfind("\n", 0, start) + 1, start - _LONGEST)
    leads = len(text[line:start].split()) <= _LEAD_IN and "." not in text[line:start]
    ends = end == len(text) or text[end] == "\n"
    return (line if ends and leads else start), end
