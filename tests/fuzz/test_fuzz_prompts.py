"""Anything as the files of a prompt: checked, loaded, rendered, and held to what it was given."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.prompt import ASKS, check_prompt, load_prompt

from .endings import EXAMPLES, orderly
from .material import ANY_TEXT, files

SECRET = "the content of another file"
ARTICLE = "Anna Lind met {{ 7 * 7 }} ministers. {% include 'secret.txt' %}"

_FRONT = (
    "---\n", "---\n", "name: mine\n", "version: '1'\n", "version: 1\n", "description: x\n",
    "asks: [record]\n", "asks: [summary, report]\n", "asks: []\n", "asks: [/etc/passwd]\n",
    "system: You read.\n", "system: |\n  {{ article }}\n", "parameters: {temperature: 0}\n",
    "parameters: {temperature: 9, record: {max_tokens: 3}, x: 5}\n", "vars: {tone: plain}\n",
    "vars: {tone: [1, 2.5, true], 'a b': x, article: y}\n", "vars: {1: 2}\n", "a: &a [*a]\n",
    "!!python/object/apply:os.system ['true']\n", "? {a: b}\n: c\n", "name: mine\n", "\t",
    "%TAG ! x", "2001-01-01: x\n", "<<: {a: b}\n", "x: !!binary 5\n", "x: 2001-99-99\n",
    "x: 1e999\n",
)  # fmt: skip
_BODY = (
    "{{ article }}", "{{ published }}", "{{ people }}", "{{ sentences }}", "{{ tone }}", "{{", "}}",
    "{% if people %}", "{% endif %}", "{% for p in people %}", "{{ p.name }}", "{% endfor %}",
    "{{ p.__class__.__mro__ }}", "{{ article.__init__.__globals__ }}", "{{ cycler.__init__ }}",
    "{{ self.__dict__ }}", "{{ self._TemplateReference__context }}", "{{ namespace(a=1).a }}",
    "{% include 'secret.txt' %}", "{% import '../secret.txt' as x %}", "{% extends 'secret.txt' %}",
    "{% set x = article %}", "{{ x }}", "{% macro m() %}", "{{ m() }}", "{% endmacro %}",
    "{% raw %}", "{{ article | upper }}", "{{ article | attr('format') }}",
    "{{ '%s' | format(article) }}",
    "{{ ''.join(['a', 'b']) }}", "{{ '{0.__class__}'.format(article) }}", "{{ 1 / 0 }}", "{{ -x }}",
    "{{ people[0] }}", "{{ people.sort() }}", "{{ article | tojson }}", "{{ none.a.b }}", "{# x #}",
    "{{ range(10) | list }}", "{{ range(999999) }}", "{{ dict(a=1) }}", "{{ article[::0] }}", "\n",
    "{{ joiner() }}", "{{ caller() }}", "{% call m() %}", "{% endcall %}", "{% filter upper %}",
    "{% endfilter %}", "{{ 'a' ~ 1 }}", "{{ loop.index }}", "{{ 5 is divisibleby 0 }}", "text ",
    "{{ article | map('x') | list }}", "{{ 5 | round(999) }}", "{{ 'x' | indent('y') }}",
    "{{ people | groupby('name') }}", "{{ article | wordwrap(0) }}", "{{ '9' | int(base=99) }}",
)  # fmt: skip

_RIGHT = "---\nname: mine\nversion: '1'\ndescription: x\nasks: [{ask}]\n{more}---\n"


def _pieces(pool: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(pool) | ANY_TEXT, max_size=12).map("".join)


BODIES = _pieces(_BODY)
# A right front matter with anything below, and anything at all.
WRITTEN = st.builds(
    lambda ask, more, body: _RIGHT.format(ask=ask, more=more) + "{{ article }}" + body,
    st.sampled_from(["record", "record", "summary", "meetings", "names"]),
    st.sampled_from(["", "", "vars: {tone: plain}\n", "system: |\n  {{ article }} {{ tone }}\n"]),
    BODIES,
)
MAINS = st.one_of(WRITTEN, st.builds(str.__add__, _pieces(_FRONT), BODIES))
VALUES: dict[str, object] = {
    "article": ARTICLE,
    "people": [{"letter": "A", "name": "Anna Lind", "description": "minister"}],
    "meetings": [{"number": 1, "text": "They met."}],
    "sentences": [{"number": 1, "text": "They met."}],
    "phrases": [{"number": 1, "text": "ships"}],
    "sources": [{"key": "s1", "words": "he", "context": "he said"}],
    "meeting": "They met.",
    "letters": ["A", "B"],
    "published": None,
}


@settings(max_examples=EXAMPLES * 2)
@given(files(MAINS) | MAINS.map(lambda text: text.encode("utf-8", "replace")))
def test_any_prompt_in_one_file(main: bytes) -> None:
    read({"mine.md": main}, "mine.md")


@settings(max_examples=EXAMPLES * 2)
@given(
    st.dictionaries(
        st.sampled_from(["prompt.md", "record.md", "summary.md", "report.md", "x.md", ".hidden"]),
        st.one_of(MAINS, BODIES).map(lambda text: text.encode("utf-8", "replace")),
        max_size=4,
    ),
    MAINS.map(lambda text: text.encode("utf-8", "replace")),
)
def test_any_prompt_in_a_folder(written: dict[str, bytes], main: bytes) -> None:
    read({f"mine/{name}": text for name, text in {"prompt.md": main, **written}.items()}, "mine")


def read(written: dict[str, bytes], ref: str) -> None:
    """Write the files, check the prompt, and render every ask of it that is right."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "mine").mkdir()
        Path(folder, "secret.txt").write_text(SECRET, encoding="utf-8")
        for name, text in written.items():
            Path(folder, name).write_bytes(text)
        path = str(Path(folder, ref))
        with orderly():
            problems = check_prompt(path)
            for problem in problems:
                assert "\n" not in problem.message and problem.line >= 1
        with orderly():
            prompt = load_prompt(path)
            assert problems == []
            for ask in prompt.asks:
                known = ASKS[ask].variables | ASKS[ask].optional
                render(prompt.render, ask, {name: VALUES.get(name) for name in known})


def render(render: object, ask: str, values: dict[str, object]) -> None:
    """What is in a value stays as it is, and nothing else comes in."""
    assert callable(render)
    with orderly():
        messages = render(ask, values)
        text = "\n".join(message.content for message in messages)
        assert SECRET not in text
