"""How long a text is for a model: its tokens, estimated from its characters."""

from __future__ import annotations

# Tokens for a character, by its bytes in UTF-8: Latin letters and digits; accented, Cyrillic,
# Greek, Arabic and Hebrew letters; all others; emoji. Of the fixtures Qwen2.5's tokenizer makes
# 0.24 for English, 0.31 for French, 0.37 for Russian, 0.36 for Arabic, 0.55 for Chinese, prompts
# included. A tokenizer with fewer words needs more, which shows when a question is too long.
_EACH = (0.32, 0.55, 0.95, 2.0)


def tokens(text: str) -> int:
    """About how many tokens a text is, rather too many than too few."""
    size = len(text.encode("utf-8", "surrogatepass"))
    one = len(text.encode("ascii", "ignore"))
    four = len(text.encode("utf-16-le", "surrogatepass")) // 2 - len(text)
    rest = len(text) - one - four
    three = size - one - 4 * four - 2 * rest
    counts = (one, rest - three, three, four)
    return round(sum(count * each for count, each in zip(counts, _EACH, strict=True)))


def characters(count: int, text: str) -> int:
    """About how many characters of such a text are this many tokens."""
    whole = tokens(text)
    return len(text) if whole <= max(0, count) else len(text) * max(0, count) // whole
