"""The forms of output by name; each is imported when it is first used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module

from summarizer.record import Record
from summarizer.views.view import Form, Look, View

_MODULES: dict[Form, str] = {
    "text": "summarizer.views.text",
    "json": "summarizer.views.json",
    "jsonl": "summarizer.views.jsonl",
    "md": "summarizer.views.markdown",
    "html": "summarizer.views.html",
}


class _Views(Mapping[Form, View]):
    """Names to views; a form's module holds it as `VIEW`."""

    def __getitem__(self, form: Form) -> View:
        view = import_module(_MODULES[form]).VIEW
        assert isinstance(view, View)
        return view

    def __iter__(self) -> Iterator[Form]:
        return iter(_MODULES)

    def __len__(self) -> int:
        return len(_MODULES)


VIEWS: Mapping[Form, View] = _Views()


def render(
    record: Record, form: Form, *, text: bool = True, width: int = 100, colour: bool = False
) -> str:
    """One record in one form, as a whole document.

    Args:
        record: a verified record.
        form: one of `VIEWS`.
        text: whether the article's text is kept, where the form shows it.
        width: columns of a terminal, for the text view.
        colour: whether the text view may use colours.
    """
    view = VIEWS[form]
    look = Look(text=text, width=width, colour=colour)
    return view.start + view.part(record, look, alone=True) + view.end
