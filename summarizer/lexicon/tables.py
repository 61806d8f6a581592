"""The tables of a language's file: what each list of words is for."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, model_validator


class Table(BaseModel):
    """A table of a language's file; unknown names in it are mistakes."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Pronouns(Table):
    """Third-person pronouns as subjects; `thing` and `relative` are subsets of `other`.

    `first` are those of who speaks and is spoken to, in any case.
    """

    first: list[str] = []
    male: list[str] = []
    female: list[str] = []
    plural: list[str] = []
    other: list[str] = []
    thing: list[str] = []
    relative: list[str] = []


class PeopleWords(Table):
    """Words around people's names: what makes a description, a rank, a title, an institution.

    `postposed`: a country or an institution may stand behind the head with nothing between
    (`министр обороны`, `ministre allemand`). `nouns`: common nouns, for a language that writes
    them with a capital letter. `endings` are those that a name or a head takes by case.
    `generic` heads fit anyone of their country, `compounds` no one whom their last word means,
    `counterparts` are of another. `same_country` leads back to a country named before (`the
    country's`), `own` to a person (`his`). `phrase_ends` stand in no title: a noun before one heads
    a phrase of its own (`talks between`). An official of `sent` stands for a country behind one of
    `sent_to` as little as a visitor does; behind one of `origins` is the country of whoever stands
    before it.
    """

    heads: list[str]
    groups: list[str] = []
    ranks: list[str] = []
    honorifics: list[str] = []
    institutions: list[str] = []
    modifiers: list[str] = []
    determiners: list[str] = []
    particles: list[str] = []
    suffixes: list[str] = []
    connectors: list[str] = []
    pronouns: Pronouns = Pronouns()
    objects: list[str] = []
    latter: list[str] = []
    outsiders: list[str] = []
    sides: list[str] = []
    organizations: list[str] = []
    common: list[str] = []
    phrase_ends: list[str] = []
    postposed: bool = False
    nouns: list[str] = []
    endings: list[str] = []
    generic: list[str] = []
    compounds: list[str] = []
    indefinite: list[str] = []
    female_titles: list[str] = []
    counterparts: list[str] = []
    same_country: list[str] = []
    own: list[str] = []
    sent: list[str] = []
    sent_to: list[str] = []
    origins: list[str] = []


class SpeechWords(Table):
    """Cues and what surrounds them; `weak` and `mental` are subsets of `cues`.

    Every one of `participles` is a cue behind each of `auxiliaries`, and a weak one alone.
    `tags` are cues only between a quotation or clause and their source (`…, so Weber`);
    `as_words` open an aside that reports its sentence (`как сообщил министр, …`);
    `according_behind` stand behind their source. `order` tells where a subject may stand:
    before its verb, behind it as well (`free`), always beside it (`v2`). `incises` tells how an
    attribution inside the quotation marks is set off. `addressed` stand before someone spoken to
    and are written without a space behind; `drops_subject`: a cue without a subject goes on with
    the source before it. `progressive` are endings of cues that `passive` words do not make
    passive (`is saying`); one behind `infinitive` has the subject of its sentence. `nouns` report
    behind whose words they are (`Lima's claim that`), or behind one of `whose`; `what` stands
    before a cue of the sentence's own subject (`Lima condemned what she called …`). `both` stand
    before two who speak as one, `cited_as` between someone who is cited and the cue, `cited_by`
    before who cites them. `closing` are cues only at the end of a sentence or before a clause;
    `tells` name the one spoken to (`…, Weber told reporters`), who may be one of `audiences`.
    `links` join a noun to what describes it (`officials familiar with`). `concerning` stand
    behind the one spoken to (`warns Peru over`), `addressing` before one spoken to or about. A
    `that` before an `auxiliary` or `passive` verb begins a relative clause. Behind `negations`
    nothing is said.
    `messages` speak for those who wrote them. `titles_before` stand before a name in quotation
    marks, `documents` before one with a capital letter.
    """

    cues: list[str]
    weak: list[str] = []
    mental: list[str] = []
    that: list[str] = []
    what: list[str] = []
    nouns: list[str] = []
    whose: list[str] = []
    not_content: list[str] = []
    according: list[str] = []
    passive: list[str] = []
    progressive: list[str] = []
    infinitive: list[str] = []
    adverbs: list[str] = []
    titles_before: list[str] = []
    documents: list[str] = []
    closing: list[str] = []
    tells: list[str] = []
    audiences: list[str] = []
    links: list[str] = []
    messages: list[str] = []
    addressing: list[str] = []
    concerning: list[str] = []
    auxiliary: list[str] = []
    negations: list[str] = []
    cited_as: list[str] = []
    cited_by: list[str] = []
    auxiliaries: list[str] = []
    participles: list[str] = []
    tags: list[str] = []
    as_words: list[str] = []
    according_behind: list[str] = []
    conjunctions: list[str] = []
    also: list[str] = []
    both: list[str] = []
    order: Literal["svo", "free", "v2"] = "svo"
    incises: Literal["none", "dash", "comma"] = "none"
    addressed: list[str] = []
    drops_subject: bool = False

    @model_validator(mode="before")
    @classmethod
    def _with_participles(cls, data: dict[str, Any]) -> dict[str, Any]:
        """`cues` and `weak` with the forms that the participles make."""
        weak, single = list(data.get("weak", [])), data.get("participles", [])
        made = {p: [f"{a} {p}" for a in data.get("auxiliaries", [])] for p in single}
        cues = [*data["cues"], *single, *(form for forms in made.values() for form in forms)]
        weak += [form for p in single if p in weak for form in made[p]] + single
        return {**data, "cues": cues, "weak": weak}


class MeetingWords(Table):
    """Words that report, announce, cancel or propose a meeting.

    `taking_part` say near it who else was there, `present` wherever they stand; `absent` stand
    before someone who is not there, `apart` before another meeting, `mentioned` before someone who
    is spoken of where a meeting is told further, `between` before its sides.
    `takes_place` make a meeting one to come however far from its word, `past` begin verbs of one
    that took place, whatever is told behind them, and so do `already` (`the first to visit`), who
    `came` to meet, and an invitation that was `accepted`. `unfulfilled` tell a plan of the past.
    `recalled` stand before an earlier meeting of which only the outcome is spoken of. `not_calls`
    hold a word for a call that is none: `called on`.
    `further` names one more of the same people, `besides` one more of one of them, `separate` one
    with each of those listed; `goes_on` begin a sentence that says more of the one told before.
    `earlier`, `later` and `beside` stand before a second meeting in one sentence, `accompanied`
    before whom the one told before met there, `possible` before one that is only thought of.
    Verbs that tell of a meeting only by what follows: `toward` before one of `toward_whom` and
    someone, `calling` before someone and `called_how`, `welcoming` before someone and a place
    behind `welcomed_where`, `light` before a noun; `joins` before what someone takes part in.
    `several` are verbs of two people in a headline; `being` stands before what someone is. On
    `sidelines` people meet who are all guests. `aside` begin a clause about something else.
    """

    held: list[str]
    nouns: list[str]
    past: list[str] = []
    joins: list[str] = []
    besides: list[str] = []
    absent: list[str] = []
    apart: list[str] = []
    came: list[str] = []
    purpose: list[str] = []
    being: list[str] = []
    accepted: list[str] = []
    toward: list[str] = []
    toward_whom: list[str] = []
    calling: list[str] = []
    called_how: list[str] = []
    welcoming: list[str] = []
    welcomed_where: list[str] = []
    light: list[str] = []
    future: list[str] = []
    cancelled: list[str] = []
    proposed: list[str] = []
    background: list[str] = []
    taking_part: list[str] = []
    present: list[str] = []
    not_meetings: list[str] = []
    definite: list[str] = []
    further: list[str] = []
    goes_on: list[str] = []
    earlier: list[str] = []
    later: list[str] = []
    beside: list[str] = []
    accompanied: list[str] = []
    possible: list[str] = []
    unfulfilled: list[str] = []
    several: list[str] = []
    already: list[str] = []
    recalled: list[str] = []
    not_calls: list[str] = []
    mentioned: list[str] = []
    takes_place: list[str] = []
    between: list[str] = []
    separate: list[str] = []
    sidelines: list[str] = []
    aside: list[str] = []


class DateWords(Table):
    """Names of months and days, and words for days and months relative to another.

    `within` stand before a month in which something happens, `bounds` before when it began or ends.
    """

    months: list[str]
    months_short: list[str] = []
    weekdays: list[str] = []
    today: list[str] = []
    yesterday: list[str] = []
    tomorrow: list[str] = []
    next: list[str] = []
    last: list[str] = []
    this: list[str] = []
    next_month: list[str] = []
    this_month: list[str] = []
    within: list[str] = []
    bounds: list[str] = []


class PlaceWords(Table):
    """What stands before the place of a meeting, and common nouns of places.

    `kinds` are nouns of towns that a name follows: `the city of`. `themes` stand before what is
    spoken about, and not where, `happenings` before where something else than a meeting takes
    place. In `regions` things happen, but nobody meets in one. `names` are places beside CLDR's
    cities, for a script that has no capital letters.
    """

    before: list[str] = []
    here: list[str] = []
    themes: list[str] = []
    happenings: list[str] = []
    regions: list[str] = []
    common: list[str] = []
    kinds: list[str] = []
    names: list[str] = []


class TopicWords(Table):
    """Words that topics are cut at, that may stand inside one, that say what was discussed."""

    stop: list[str] = []
    inner: list[str] = []
    discussed: list[str] = []
    outcomes: list[str] = []
