"""What a record looks like: one module for each form, one registry."""

from summarizer.views.explain import explain
from summarizer.views.markdown import escape
from summarizer.views.registry import VIEWS, render
from summarizer.views.view import Form, Look, View
from summarizer.views.words import said

__all__ = ["VIEWS", "Form", "Look", "View", "escape", "explain", "render", "said"]
