"""What a record looks like: one module for each form, one registry."""

from summarizer.views.explain import explain
from summarizer.views.registry import VIEWS, render
from summarizer.views.view import Form, Look, View

__all__ = ["VIEWS", "Form", "Look", "View", "explain", "render"]
