"""Signs that chat templates put around turns: `<|…|>`, `[INST]`, `<<SYS>>`, `<start_of_turn>`."""

from __future__ import annotations

import re

_LONGEST = 4000  # characters of a turn
_SIGN = re.compile(
    r"<[|｜](?P<bar>[^|｜<>\n]{1,40})[|｜]>|\[(?P<end>/?)(?:INST|SYS|SYSTEM_PROMPT|TOOL_\w+)\]"
    r"|<<(?P<end2>/?)SYS>>|<(?P<turn>start_of_turn|end_of_turn)>|</?(?:bos|eos|s)>"
)
# `<|end_header_id|>` and `<|im_sep|>` end the name of a role, and its words follow.
_ENDS = re.compile(r"end(?!_header)|eo[a-z]|im_end|/", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?。！？][\"”’»)\]]*(?=\s|$)|(?=\n)")


def chat_turns(text: str) -> list[tuple[int, int]]:
    """Where signs stand, and the turns behind those that open one.

    A turn ends with the next sign. One that nothing ends goes to the end of its block; of its
    sentence, if words of the report stand before it on the line.
    """
    signs = list(_SIGN.finditer(text))
    gap = "\n\n" if "\n\n" in text else "\n"
    cuts: list[tuple[int, int]] = []
    for number, sign in enumerate(signs):
        end = sign.end()
        if not _closes(sign):
            end = signs[number + 1].start() if number + 1 < len(signs) else len(text)
            if number + 1 == len(signs) or end - sign.end() > _LONGEST:
                end = _unclosed(text, sign, cuts, gap)
        cuts.append((sign.start(), end))
    return cuts


def _closes(sign: re.Match[str]) -> bool:
    name = sign["bar"] or sign["turn"] or ""
    opens = name or sign["end"] == "" or sign["end2"] == ""
    return not opens or _ENDS.match(name) is not None


def _unclosed(text: str, sign: re.Match[str], cuts: list[tuple[int, int]], gap: str) -> int:
    """Where a turn ends that no sign ends."""
    first, start = sign.start(), sign.end()
    for cut in reversed(cuts):  # the turns before it on the line
        if text[cut[1] : first].strip(" \t"):
            break
        first = cut[0]
    line = text.rfind("\n", 0, first) + 1
    if text[line:first].strip(" \t>*_-#\"'“«("):
        found = _SENTENCE_END.search(text, start, start + _LONGEST)
        return found.end() if found else min(len(text), start + _LONGEST)
    end = text.find(gap, start, start + _LONGEST)
    if gap == "\n" and end >= 0 and len(text[start:end].split()) < 3:
        end = text.find(gap, end + 1, end + _LONGEST)  # a line that holds but a role
    return end if end >= 0 else min(len(text), start + _LONGEST)
