"""Characters that steer what shows them: those that move a cursor, reorder a line, or hide words.

Articles, file names and servers may hold them. Wherever a text is shown they are taken out or
spelled; where it is stored it keeps them.
"""

from __future__ import annotations

import json
import re

# Unicode's Cc but for tab and line feed; its line and paragraph separators, which some readers
# split at; embeddings, overrides and isolates of the bidirectional algorithm; deprecated format
# characters; interlinear annotation; tags; and halves of surrogate pairs, which nothing can encode.
_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u206f\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


def quiet(text: str, instead: str = "") -> str:
    """The text with `instead` for every character that steers what shows it."""
    return _STEERING.sub(instead, text)


def spelled(document: str) -> str:
    """The same JSON, with such characters as escapes.

    A terminal may take the raw ones for its own, and readers of JSON Lines may split at them.
    """
    return _STEERING.sub(lambda found: json.dumps(found[0])[1:-1], document)
