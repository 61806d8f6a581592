"""JSON Lines: one record a line."""

from __future__ import annotations

from summarizer.views.json import line
from summarizer.views.view import View

VIEW = View(line)
