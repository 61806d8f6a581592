"""`summarizer prompts`: the swappable prompts."""

from __future__ import annotations

from typing import Annotated

import typer

from summarizer.cli import completing, messages

app = typer.Typer(
    help="The swappable prompts: list, show, check, copy and compare them.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Ref = Annotated[
    str,
    typer.Argument(
        metavar="NAME|PATH", help="A prompt's name, or its path.", autocompletion=completing.prompts
    ),
]


@app.command("list")
def list_() -> None:
    """Name every prompt that can be used, your own in `./prompts` included."""
    from summarizer.errors import PromptError
    from summarizer.prompt import list_prompts

    for prompt in list_prompts():
        if isinstance(prompt, PromptError):
            messages.note(str(prompt))
        else:
            asks = ", ".join(prompt.asks)
            messages.say(f"{prompt.name}  {prompt.version}  {prompt.description}  ({asks})")


@app.command()
def show(
    ref: Ref,
    ask: Annotated[str | None, typer.Option(help="Show the messages of this ask only.")] = None,
) -> None:
    """Print what a prompt says to the model, before an article is put in."""
    from summarizer.prompt import load_prompt

    prompt = load_prompt(ref)
    messages.say(f"{prompt.name} {prompt.version}: {prompt.description}")
    messages.say(f"path: {prompt.path}")
    messages.say(f"sha256: {prompt.sha256}")
    for name in [ask] if ask else prompt.asks:
        pieces = prompt.pieces(name)
        settings = prompt.parameters(name).model_dump(exclude_none=True)
        told = "".join(f" {key}={value}" for key, value in settings.items())
        messages.show("")
        messages.say(f"=== {name}{told}")
        for piece in pieces:
            role = "system" if piece is prompt.system else "user"
            messages.show("")
            messages.say(f"--- {role}, {piece.file}:{piece.line}")
            messages.show(piece.text)


@app.command()
def check(
    ref: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME|PATH]",
            help="All prompts, if left out.",
            autocompletion=completing.prompts,
        ),
    ] = None,
) -> None:
    """Name every mistake in a prompt with its file and line; exit code 2 if there is one."""
    from summarizer.prompt import check_prompt, prompt_paths

    refs = [ref] if ref is not None else [str(path) for path in prompt_paths().values()]
    problems = [problem for each in refs for problem in check_prompt(each)]
    for problem in problems:
        messages.say(str(problem))
    if problems:
        raise typer.Exit(2)
    messages.note(f"{len(refs)} checked, nothing wrong")


@app.command()
def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The new prompt's name.")],
    from_name: Annotated[
        str,
        typer.Option(
            "--from",
            metavar="NAME|PATH",
            help="The prompt to copy.",
            autocompletion=completing.prompts,
        ),
    ] = "grounded",
) -> None:
    """Copy a prompt to `./prompts/NAME`, to be changed there."""
    from summarizer.prompt import new_prompt

    messages.say(str(new_prompt(name, from_name)))


@app.command()
def diff(a: Ref, b: Ref) -> None:
    """Print how the files of two prompts differ."""
    from summarizer.prompt import diff_prompts

    text = diff_prompts(a, b)
    if text:
        messages.show(text)
