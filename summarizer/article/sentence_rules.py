"""Where a sentence ends and where it only seems to: rules for news beside `nupunkt`'s model."""

from __future__ import annotations

import re

_TAIL = 60  # characters: no rule looks further back
_CLOSING = "'”’»›)]」』）》〉】"
_QUOTE_END = re.compile(r"[.!?…][\"'”’“‘»«)\]\s]*[\"'”’“‘»«]\s*$")
_ASKED = re.compile(r"[!?…][^\w]*$")

# Marks that end a sentence though no space and no capital follow, with what closes after them.
_OWN_MARKS = re.compile(rf"[。！？｡؟۔।॥։።][。！？｡؟۔।॥!?]*[{re.escape(_CLOSING)}]*[^\S\n]*")
_CHINESE_CUE = re.compile(
    r"(?:と|って)|[^。！？“「]{0,12}(?:说|說|表示|称|稱|指出|强调|強調|补充|補充|问|問|道)[。，！？]"
)

# “ and « close a quotation in German and Danish: „Ja.“ Dann …
_LOW_QUOTE_END = re.compile(r"[.!?…][“«‘]\s+(?=\S)")

# Months that are names too, and initials that close a sentence: Dong Jun. Brig. …, the U.N. On …
_MONTH_NAME = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.[\"”’]?\s+(?=[\"“‘«(]*[A-Z])"
)
_STARTER = re.compile(
    r"\b(?:(?:[A-Z]\.){1,4}|[a-z]{2,3}\.)[\"”’]?\s+(?=[\"“‘«]?(?:After|And|As|At|Before|But|During|For"
    r"|From|In|On|Since|That|Then|There|These|This|Those|When|While)\s)"
)

# The model takes many plain words for abbreviations: … last month. Clinton …
_PLAIN_WORD = re.compile(
    r"\b(?!approx|assn|dept|govt|intl|univ)[a-zà-ÿ]{4,}\.[\"”’)]*\s+(?=[\"“‘«(\[]*[A-ZÀ-Þ])"
)

# Never the last word of a sentence.
_TITLES = (
    "adm amb asst atty brig capt cdr cmdr col cols cpl dep dr drs gen gens gov govs hon insp lcdr"
    " lt lts maj messrs mlle mme mmes mr mrs ms pres prof profs pvt rep reps rev sen sens sgt spc"
    " supt abg bzw evtl gral cnel mgr sr sra srta dra dña акад ген гр им пл пос проф просп св тов"
    " ул янв фев февр апр авг сен сент окт ноя нояб дек"
)
_NEVER_LAST = frozenset(_TITLES.split())
_LAST_WORD = re.compile(r"([^\W\d_]+)\.\s*$")
_TOWN = re.compile(r"(?<!\d)(?<!\d\s)\bг\.\s*$")  # г. Москва, but not 2024 г.

# The U.S. | Army: initials go on into an office or a body.
_INITIALS = re.compile(r"(?:^|[^\w.])(?:[^\W\d_]\.){2,}\s*$")
_ONLY_INITIALS = re.compile(r"\W*(?:[^\W\d_]\.){2,}\s*$")
_AFTER_INITIALS = re.compile(
    r"(?:Agency|Air|Ambassador|Army|Assistant|Attorney|Central|Charg|Congress|Consul|Defen[cs]e|Deputy"
    r"|Department|Embassy|Envoy|Foreign|Forces|General|High|House|Marine|Military|Mission|National"
    r"|Navy|Permanent|President|Prime|Secretary|Security|Senate|Senator|Special|State|Supreme"
    r"|Treasury|Trade|Under|Undersecretary|Vice)\b"
)

_NUMBER_ONLY = re.compile(r"\W*(?:\d{1,3}|[^\W\d_]|[ivxIVX]+)[.)]\s*$")
_DAY = re.compile(r"\b\d{1,2}\.\s*$")
_GERMAN_DAY = re.compile(
    r"(?:Jan|Feb|März|Apr|Mai|Jun|Jul|Aug|Sept|Okt|Nov|Dez|Jahrhundert|Jahrestag|Weltkrieg)"
)

_CUES = (
    "said|says|asked|asks|added|adds|told|replied|replies|answered|responded|noted|notes|stressed"
    "|stresses|emphasized|emphasised|remarked|stated|declared|exclaimed|addressed|wondered|cried"
    "|continued|concluded|commented|explained|insisted|warned|quipped|joked|inquired|wrote"
)
_REPORTING = re.compile(rf"(?:[\w.'’-]+ ){{1,8}}?(?:{_CUES})\b(?P<rest>[^\"“”«»:]*)$")
_REST_LEAD = re.compile(
    r"$|,|(?:on|in|at|during|after|before|to|through|via|with|as|by|yesterday|today|late|early"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|\w+ly)\b"
)


def more_ends(text: str) -> list[int]:
    """Offsets in one paragraph at which a sentence begins that the model does not know of."""
    ends = [found.end() for found in _LOW_QUOTE_END.finditer(text)]
    ends += [found.end() for found in _MONTH_NAME.finditer(text)]
    ends += [found.end() for found in _STARTER.finditer(text)]
    ends += [found.end() for found in _PLAIN_WORD.finditer(text)]
    counted = marks = 0
    for found in _OWN_MARKS.finditer(text):
        end = found.end()
        closed = found[0].rstrip()[-1] in _CLOSING
        marks += text.count('"', counted, end)
        counted = end
        if text[end : end + 1] == '"' and marks % 2:  # an odd one before it: this one closes
            end, closed = end + 1, True
        if not (closed and _CHINESE_CUE.match(text, end)):
            ends.append(end)
    return ends


def past_closing(text: str, at: int) -> int:
    """`at`, or where the closing marks end that stand there without a space before them."""
    while 0 < at < len(text) and text[at] in _CLOSING + '"' and not text[at - 1].isspace():
        at += 1
    return at


def goes_on(left: str, right: str) -> bool:
    """Whether `right` continues the sentence of `left`, although the model parts them there."""
    right = right.strip()
    tail = left[-_TAIL:]
    opening = right.lstrip("—–- \u00a0\u202f")
    if not any(c.isalnum() for c in left) or not any(c.isalnum() for c in right):
        return True
    if opening[:1].islower() or (_QUOTE_END.search(tail) and right[:1] in ",;—–-"):
        return True
    if _NUMBER_ONLY.match(tail) or (_DAY.search(tail) and _GERMAN_DAY.match(right)):
        return True
    return _abbreviated(tail, right) or _reported(tail, right)


def _abbreviated(left: str, right: str) -> bool:
    word = _LAST_WORD.search(left)
    if (word and word[1].lower() in _NEVER_LAST) or _TOWN.search(left):
        return True
    if _ONLY_INITIALS.match(left):
        return True
    return bool(_INITIALS.search(left) and _AFTER_INITIALS.match(right))


def _reported(left: str, right: str) -> bool:
    """Whether `left` ends in a quotation and `right` only says whose it is: “Why?” Mr. Li asked."""
    if not _QUOTE_END.search(left):
        return False
    found = _REPORTING.match(" ".join(right.rstrip(".!? ").split()))
    if found is None:
        return False
    rest = found["rest"].strip()
    if _REST_LEAD.match(rest):
        return " that " not in f" {rest} "
    # A question may name whom it was put to: “Why?” Mr. Li asked his colleague.
    return bool(_ASKED.search(left)) and len(rest.split()) <= 5 and "that" not in rest.split()
