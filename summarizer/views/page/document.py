"""The page as text: one start, one block of data for each record, one end.

The data are JSON in elements that no browser runs. The only script is the page's own: its hash
stands in the page's policy, so that nothing else can run, and nothing can be loaded.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from importlib.resources import files

from summarizer.controls import spelled
from summarizer.record import Record
from summarizer.views.page.data import index_entry, page_record

_STYLES = ("base.css", "article.css", "record.css", "small.css")
_SCRIPTS = (
    *("base.js", "state.js", "highlight.js", "article.js", "record.js", "edit.js", "index.js"),
    *("file.js", "keys.js", "start.js"),
)
_ASSETS = files("summarizer.views.page") / "assets"
# JSON may hold these; as escapes they cannot end or open an element, whatever reads the page.
_MARKUP = re.compile("[<>&\u2028\u2029]")


def _joined(names: tuple[str, ...]) -> str:
    return "\n".join((_ASSETS / name).read_text(encoding="utf-8") for name in names)


def _start(script: str) -> str:
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode()
    shell = (_ASSETS / "page.html").read_text(encoding="utf-8")
    return shell.replace("%HASH%", digest).replace("%STYLE%", _joined(_STYLES))


def block(record: Record, *, text: bool = True) -> str:
    """A record as two elements of data: what the index needs, and the rest, read when opened."""
    entry, whole = index_entry(record), page_record(record, text=text)
    return (
        f'<script type="application/json" class="entry">{_json(entry)}</script>\n'
        f'<script type="application/json" class="record">{_json(whole)}</script>\n'
    )


def _json(data: object) -> str:
    dumped = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return _MARKUP.sub(lambda found: f"\\u{ord(found[0]):04x}", spelled(dumped))


_SCRIPT = '"use strict";\n(() => {\n' + _joined(_SCRIPTS) + "\n})();\n"
START = _start(_SCRIPT)
END = f"<script>{_SCRIPT}</script>\n</body>\n</html>\n"
