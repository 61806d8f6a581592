"""Why a field has its value: the places, the rule or the model's choice, and the checks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pydantic import BaseModel

from summarizer.article import Span, sentences
from summarizer.record import Check, FieldAt, Meeting, Person, Record, Statement, field_at
from summarizer.views import words
from summarizer.views.paragraphs import Line, drawn
from summarizer.views.reasons import places_of, rule_of
from summarizer.views.view import Look

if TYPE_CHECKING:
    from summarizer.extract import Call, Choice, Option

_LONGEST = 240  # characters of a value, and of what stands around a place
_OPTIONS = 8


def explain(record: Record, path: str, look: Look, calls: Sequence[Call] | None = None) -> str:
    """Why the field at `path` has its value, as paragraphs of text.

    Args:
        record: a verified record.
        path: the field, as in `checks[].where`.
        look: width and colour.
        calls: what the model was asked while the record was made; null if that is not known.

    Raises:
        UsageError: there is no such field; the hint lists what there is.
    """
    return drawn(_lines(record, field_at(record, path), calls), look)


def _lines(record: Record, field: FieldAt, calls: Sequence[Call] | None) -> Iterator[Line]:
    yield Line(f"{field.path} = {_value(record, field.value)}", style="bold")
    asked = list(_asked(record, field, calls or ()))
    rule = rule_of(field)
    if rule and not (asked and field.kind.startswith("statements[].speaker")):
        yield Line(rule, label="why", indent=2)
    for number, (purpose, choice) in enumerate(asked):
        yield Line(_chosen(purpose, choice), label="model" if number == 0 else " ", indent=2)
        yield from _alternatives(choice)
        if choice.about:
            yield Line(f"asked about: {words.clean(choice.about)}", indent=13, style="dim")
    if not asked and (said := _not_asked(field, calls)):
        yield Line(said, label="model", indent=2)
    if (sure := _confidence(field)) is not None:
        yield Line(f"{sure:.2f}", label="confidence", indent=2)
    for label, span in places_of(record, field):
        yield Line(_in_sentence(record, span), label=label[:10], indent=2)
    for check in record.checks:
        if _concerns(check, field.path):
            text = words.clean(f"{check.where}: {check.message}")
            yield Line(text, label=check.severity, indent=2, style="yellow")


# -- values ---------------------------------------------------------------------------------------


def _value(record: Record, value: object) -> str:
    names = {person.id: person.name for person in record.persons}
    if value is None:
        return "null"
    if isinstance(value, str):
        known = names.get(value)
        return words.clean(f"{value} ({known})" if known else value)[:_LONGEST] or '""'
    if isinstance(value, list):
        items = ", ".join(_value(record, item) for item in value[:_OPTIONS])
        return f"[{items}{', …' if len(value) > _OPTIONS else ''}]"
    if isinstance(value, Span):
        return words.clean(f"{value.start}–{value.end} “{value.text}”")[:_LONGEST]
    if isinstance(value, BaseModel):
        named = (getattr(value, name, None) for name in ("edtf", "name", "text", "id"))
        shown = next((text for text in named if text), None)
        return words.clean(str(shown or value.model_dump_json()))[:_LONGEST]
    return words.clean(str(value))[:_LONGEST]


def _in_sentence(record: Record, span: Span) -> str:
    """The sentence around a place, which stands in double brackets."""
    text = record.article.text
    if text is None:
        return words.clean(f"[[{span.text}]]") + f" (at {span.start}; the text was not kept)"
    inside = next((s for s in sentences(text) if span.within(s)), span)
    before, after = text[inside.start : span.start], text[span.end : inside.end]
    if len(before) > _LONGEST:
        before = "…" + before[-_LONGEST:]
    if len(after) > _LONGEST:
        after = after[:_LONGEST] + "…"
    return words.clean(f"{before}[[{span.text}]]{after}")


def _confidence(field: FieldAt) -> float | None:
    """How sure the choice of a speaker is, where the record says so."""
    statement = field.parents[-1] if field.parents else None
    if isinstance(statement, Statement) and field.kind == "statements[].speaker":
        sure = getattr(statement, "confidence", None)
        return float(sure) if isinstance(sure, (int, float)) else None
    return None


def _concerns(check: Check, path: str) -> bool:
    """Whether a check is about a field, a part of it, or what it is in."""
    return any(
        longer == shorter or longer.startswith((f"{shorter}.", f"{shorter}["))
        for longer, shorter in ((check.where, path), (path, check.where))
    )


# -- what the model was asked ---------------------------------------------------------------------


def _asked(record: Record, field: FieldAt, calls: Sequence[Call]) -> Iterator[tuple[str, Choice]]:
    """The model's choices that decided a field."""
    holder = next((p for p in (field.value, *reversed(field.parents)) if _is_holder(p)), None)
    for call in calls:
        for choice in call.choices:
            if _decided(record, call.purpose, choice, holder, field):
                yield call.purpose, choice


def _is_holder(part: object) -> bool:
    return isinstance(part, (Person, Meeting, Statement))


def _decided(record: Record, purpose: str, choice: Choice, holder: object, field: FieldAt) -> bool:
    path, value = field.path, field.value
    name = path.rpartition(".")[2].partition("[")[0]
    match purpose, holder:
        case "speakers", Statement():
            mention = holder.speaker_mention
            beside = mention is None or f"[{mention.text}]" in choice.about
            return choice.field == holder.id and name.startswith("speaker") and beside
        case "participants", Meeting() if name == "participants":
            who = {person.name for person in record.persons if person.id == value}
            named = not isinstance(value, str) or choice.about.partition(" · ")[0] in who
            return _is_about(choice, holder, record) and named
        case "meetings", Meeting():
            return _is_about(choice, holder, record) and name in ("status", "meetings")
        case "topics", Meeting():
            chosen = next((o.words for o in choice.options if o.key == choice.chosen), None)
            return name == "topics" and getattr(value, "text", chosen) == chosen
        case "names", Person():
            return name == "name" and choice.chosen == value
        case "summary", None:
            return path.startswith("summary")
        case "report", None:
            return name in ("meetings", "checks")
    return False


def _is_about(choice: Choice, meeting: Meeting, record: Record) -> bool:
    """Whether what a choice was about is the sentence that reports a meeting."""
    about = choice.about.rpartition(" · ")[2]
    at = (record.article.text or "").find(about)
    evidence = meeting.evidence.status
    return bool(evidence) and at >= 0 and at <= evidence[0].start <= at + len(about)


def _chosen(purpose: str, choice: Choice) -> str:
    chosen = next((o for o in choice.options if o.key == choice.chosen), None)
    label = f" ({chosen.words})" if chosen and chosen.words else ""
    return words.clean(f"the question `{purpose}` was answered `{choice.chosen}`{label}")


def _alternatives(choice: Choice) -> Iterator[Line]:
    """What could have been chosen, the likeliest first."""
    listed = choice.options[:_OPTIONS]
    if any(option.share is not None for option in listed):
        for option in listed:
            sure = 0.0 if option.share is None else option.share
            yield Line(_meaning(option), label=f"{sure:6.1%}", indent=13)
    elif listed:
        more = ", …" if len(choice.options) > len(listed) else ""
        among = "; ".join(map(_meaning, listed))
        yield Line(f"among {among}{more} (how likely each was is not known)", indent=13)


def _meaning(option: Option) -> str:
    return words.clean(f"{option.key} {option.words}")[:_LONGEST]


def _not_asked(field: FieldAt, calls: Sequence[Call] | None) -> str | None:
    """What is known of a field that none of the choices decided."""
    if not field.kind.startswith(("persons", "meetings", "statements", "summary")):
        return None
    if calls is None:
        return "what it was asked is not kept in a record; `summarize --explain` shows it"
    if any(call.purpose == "record" for call in calls):
        return "wrote the record in one answer; what is here was found in the article word for word"
    return "was not asked about this: a rule decided"
