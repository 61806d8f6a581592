"""The default prompt from article to record, with a model that answers from a queue."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TypeVar

import pytest
from pydantic import BaseModel

from summarizer.article import Article, article_id
from summarizer.extract import summarize_article
from summarizer.model import Answer, Parameters, Request, Usage
from summarizer.prompt import Message, load_prompt
from summarizer.record import Record, check_record, dump_record, load_record

T = TypeVar("T", bound=BaseModel)

TALKS = (
    "On May 4, Chilean Defense Minister Ana Rojas held talks via video link with Norwegian Defence "
    "Minister Ola Berg.\n"
    "The ministers discussed joint rescue drills, polar research stations and pilot training.\n"
    '"We will sail together next year," Rojas said. "The ice does not wait."\n'
    "Berg said that Norway would send two ships. In addition, congratulating Ana Rojas on her "
    'appointment, the Norwegian minister said: "Your first visit will be to the far north."\n'
    "Foreign Minister Eva Moe thanked both."
)


class Queue:
    """A model that gives prepared answers and keeps what it was asked."""

    name, label = "queue", "local"
    context: int | None = None

    def __init__(self, answers: dict[str, object]) -> None:
        self.answers = answers
        self.asked: list[tuple[str, str]] = []

    def ask(
        self,
        messages: Sequence[Message],
        answer_type: type[T],
        *,
        max_tokens: int,
        check: Callable[[T], None] | None = None,
    ) -> Answer[T]:
        """The prepared answer for the kind of question."""
        kind = answer_type.__name__
        self.asked.append((kind, messages[-1].content))
        raw = json.dumps(self.answers[kind])
        value = answer_type.model_validate_json(raw)
        request = Request(tuple(messages), kind, {}, Parameters(max_tokens=max_tokens))
        return Answer(value, raw, Usage(1, 1, 100, 60, 5), request)


def record_of(text: str, model: Queue, published: str | None = None) -> Record:
    article = Article(id=article_id(text), text=text, language="en", published=published)
    return summarize_article(article, model=model, prompt=load_prompt("grounded"))


@pytest.fixture
def model() -> Queue:
    return Queue({"Topics": {"topics": [2, 1]}, "Best": {"sentence": 1}})


def test_a_report_of_talks_becomes_a_verified_record(model: Queue) -> None:
    record = record_of(TALKS, model, "2024-05-06")
    names = {person.id: person.name for person in record.persons}
    (meeting,) = record.meetings
    assert [names[p] for p in meeting.participants] == ["Ana Rojas", "Ola Berg"]
    assert (meeting.status, meeting.kind, meeting.mode) == ("held", "talks", "video")
    assert meeting.date is not None and meeting.date.edtf == "2024-05-04"
    assert meeting.place is None
    said = [(s.quote_type, names[s.speaker or ""], s.text) for s in record.statements]
    assert said == [
        ("direct", "Ana Rojas", "We will sail together next year, The ice does not wait."),
        ("indirect", "Ola Berg", "Norway would send two ships"),
        ("direct", "Ola Berg", "Your first visit will be to the far north."),
    ]
    assert check_record(record) == []
    assert load_record(dump_record(record)) == record


def test_topics_are_the_phrases_that_the_model_pointed_at(model: Queue) -> None:
    record = record_of(TALKS, model)
    (meeting,) = record.meetings
    assert len(meeting.topics) == 2
    for topic in meeting.topics:
        assert topic.text == topic.support[0].text
        assert topic.text in TALKS


def test_every_sentence_of_the_summary_is_supported(model: Queue) -> None:
    summary = record_of(TALKS, model).summary
    assert summary is not None
    assert 2 <= len(summary.sentences) <= 3
    assert all(sentence.support for sentence in summary.sentences)
    assert "Ana Rojas" in summary.text and "Ola Berg" in summary.text


def test_the_language_is_told_from_the_text_unless_it_is_given() -> None:
    model = Queue({"Report": {"about": "other"}})
    text = "Der Minister dankte den Kolleginnen und Kollegen im Haus für ihre Arbeit."
    for given, told in ((None, "de"), ("en", "en")):
        article = Article(id=article_id(text), text=text, language=given)
        record = summarize_article(article, model=model, prompt=load_prompt("grounded"))
        assert record.article.language == told


def test_the_year_is_not_invented(model: Queue) -> None:
    (meeting,) = record_of(TALKS, model).meetings
    assert meeting.date is not None and meeting.date.edtf == "XXXX-05-04"


def test_what_the_model_reads_has_long_quotations_shortened(model: Queue) -> None:
    long = " ".join(f"word{n}" for n in range(40))
    record_of(TALKS + f'\n"{long}," Rojas said.', model)
    assert all("word20" not in prompt for _, prompt in model.asked)
    assert all("word0" in prompt and "word39" in prompt for _, prompt in model.asked)


def test_the_questions_share_their_beginning(model: Queue) -> None:
    text = TALKS + "\nBerg said that the crews would train in summer."
    record_of(text, model)
    prompts = [prompt for _, prompt in model.asked]
    assert len(prompts) > 1
    shared = prompts[0].index("Which of these phrases")
    assert all(prompt[:shared] == prompts[0][:shared] for prompt in prompts)


def test_usage_and_prompt_hash_are_in_the_provenance(model: Queue) -> None:
    first, second = record_of(TALKS, model), record_of(TALKS, model)
    usage = first.provenance.usage
    assert (usage.calls, usage.prompt_tokens) == (len(model.asked) // 2, 100 * usage.calls)
    assert first.provenance.prompt.sha256 == second.provenance.prompt.sha256
    other = record_of(TALKS.replace("May 4", "May 5"), model)
    assert other.provenance.prompt.sha256 != first.provenance.prompt.sha256


@pytest.mark.parametrize(("about", "checks"), [("other", []), ("meeting", ["meeting_not_found"])])
def test_an_article_without_a_meeting_has_none(about: str, checks: list[str]) -> None:
    model = Queue({"Best": {"sentence": 1}, "Report": {"about": about}})
    record = record_of(
        "The rocket reached orbit at noon.\n"
        '"It was a clean flight," said project director Ana Rojas. '
        "Rojas said that the next launch would follow in the autumn. "
        "Rojas added that the pad needed new paint.",
        model,
    )
    assert record.meetings == []
    assert len(record.statements) == 3
    assert [check.code for check in record.checks] == checks
    assert {kind for kind, _ in model.asked} == {"Best", "Report"}


def test_a_further_meeting_counts_only_if_the_model_says_so() -> None:
    text = (
        "President Ana Rojas met Premier Ola Berg in Oslo on May 4.\n"
        "On Friday, May 8, Foreign Minister Eva Moe will receive Admiral Jan Vos in Bergen."
    )
    answers = {"Meetings": {"m2": "yes"}}
    shared = {"Topics": {"topics": []}, "Best": {"sentence": 1}}
    yes = record_of(text, Queue({**answers, **shared}))
    no = record_of(text, Queue({**answers, **shared, "Meetings": {"m2": "no"}}))
    assert [m.status for m in yes.meetings] == ["held", "planned"]
    assert [m.status for m in no.meetings] == ["held"]


def test_likely_participants_are_asked_about() -> None:
    text = (
        "Defence ministers of three countries met in Tallinn on May 4.\n"
        "Estonian Defence Minister Ana Saar opened it. Finnish Defence Minister Ola Berg and "
        "Latvian Defence Minister Eva Moe followed. Analyst Jan Vos called it useful."
    )
    model = Queue(
        {
            "Participants": {"A": "yes", "B": "yes", "C": "no"},
            "Topics": {"topics": []},
            "Best": {"sentence": 1},
        }
    )
    record = record_of(text, model)
    names = {person.id: person.name for person in record.persons}
    (meeting,) = record.meetings
    group = "Defence ministers of three countries"
    assert [names[p] for p in meeting.participants] == ["Ana Saar", "Ola Berg", group]


def test_those_of_a_group_who_speak_took_part() -> None:
    text = (
        "Defence ministers of three countries met in Tallinn on May 4.\n"
        "“It was long,” said Estonian Defence Minister Ana Saar. “Good,” said Finland's Ola "
        "Berg. Latvian Defence Minister Eva Moe is ill. “No,” said French analyst Jan Vos.\n"
        "The three ministers will meet again in Riga on May 20."
    )
    model = Queue({"Meetings": {"m2": "yes"}, "Topics": {"topics": []}, "Best": {"sentence": 1}})
    record = record_of(text, model)
    names = {person.id: person.name for person in record.persons}
    held, planned = record.meetings
    ministers = ["Ana Saar", "Ola Berg"]
    there = [names[p] for p in held.participants]
    assert there == [*ministers, "Defence ministers of three countries"]
    assert [names[p] for p in planned.participants] == [*ministers, "three ministers"]
    assert planned.date is not None and planned.date.edtf == "XXXX-05-20"


def test_what_was_called_off_is_no_call() -> None:
    text = (
        "President Ana Rojas called off a meeting with Premier Ola Berg in Oslo on May 4.\n"
        "“No reason was given,” Berg said."
    )
    record = record_of(text, Queue({"Topics": {"topics": []}, "Best": {"sentence": 1}}))
    (meeting,) = record.meetings
    assert (meeting.status, meeting.mode) == ("cancelled", "in_person")


def test_a_country_is_inferred_only_from_words_and_listed() -> None:
    text = (
        "President Ana Rojas received Norwegian Premier Ola Berg in Santiago on May 4. "
        "Chile and its guest discussed fishing rights. Chile will send a ship."
    )
    model = Queue({"Topics": {"topics": []}, "Best": {"sentence": 1}})
    record = record_of(text, model)
    rojas = next(p for p in record.persons if p.name == "Ana Rojas")
    assert (rojas.country, rojas.country_text) == ("CHL", "Chile")
    assert rojas.evidence.country[0].text == "Chile"
    assert [check.code for check in record.checks] == ["country_inferred"]


def test_a_country_stays_null_where_two_could_be_meant() -> None:
    text = (
        "President Ana Rojas received Norwegian Premier Ola Berg on May 4. "
        "Chile and Peru sent gifts. Chile and Peru share a border."
    )
    model = Queue({"Topics": {"topics": []}, "Best": {"sentence": 1}})
    rojas = next(p for p in record_of(text, model).persons if p.name == "Ana Rojas")
    assert rojas.country is None
