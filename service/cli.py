"""The command line: the same catalogue, computations and batches without HTTP."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO

import click

from service import __version__
from service.access.keys import SCOPES, new_key
from service.answer import answer
from service.batch import Batch
from service.card import card
from service.catalogue import METRICS
from service.configuration import (
    BadConfiguration,
    configured,
    require_keys_beyond_loopback,
    shown,
)
from service.finder import NoSuchMetric, find, search
from service.message import Refused
from service.metric import Metric
from service.problem import Invalid, problem_of
from service.text import LANGUAGES, Language, say, translate
from service.wire import dumps, loads
from service.written import Manner, as_json

BAD_INPUT = 1
"""Exit code when the input cannot be computed; click itself ends with 2 for a wrong call."""

UNDEFINED = 3
"""Exit code when the inputs are fine and the value does not exist."""

in_language = click.option(
    "--lang", "language", type=click.Choice(LANGUAGES), default="en", help="Language of names."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kpi-service")
def main() -> None:
    """Compute marketing KPIs, with the formula behind every number."""


@main.command()
@click.option("--bind", help="Address and port; by default KPI_BIND or 127.0.0.1:8000.")
@click.option("--workers", type=int, help="Worker processes; by default KPI_WORKERS or 2.")
@click.option("--no-auth", is_flag=True, help="Serve other addresses than loopback without keys.")
def serve(bind: str | None, workers: int | None, no_auth: bool) -> None:  # noqa: FBT001  click's flag
    """Serve the API with gunicorn."""
    given = {"BIND": bind, "WORKERS": workers, "NO_AUTH": "1" if no_auth else None}
    os.environ.update({f"KPI_{name}": str(v) for name, v in given.items() if v is not None})
    try:
        require_keys_beyond_loopback(configured(), configured().bind)
    except BadConfiguration as error:
        raise click.UsageError(str(error)) from None
    options = ["--config", "python:service.serving", "service.app:create_app()"]
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *options])  # noqa: S606  ourselves


@main.command()
def config() -> None:
    """Print every setting with its value; secrets are hidden."""
    try:
        known = shown(configured())
    except BadConfiguration as error:
        raise click.UsageError(str(error)) from None
    for variable, (value, told) in known.items():
        click.echo(f"{variable}={value}\t{told}")


@main.command()
@click.argument("name")
@click.option("--scope", "scopes", multiple=True, type=click.Choice(SCOPES), default=("compute",))
def key(name: str, scopes: tuple[str, ...]) -> None:
    """Make an API key for NAME: its line for the key file on the output, the key beside it."""
    token, line = new_key(name, scopes)
    click.echo(line)
    click.echo(f"give this key to {name}; it is not kept anywhere: {token}", err=True)


@main.command()
@click.argument("words", nargs=-1)
@in_language
def metrics(words: tuple[str, ...], language: Language) -> None:
    """List the metrics, or those that WORDS find, in any of the languages."""
    for one in search(" ".join(words)) if words else METRICS.values():
        click.echo(f"{one.id}\t{translate(one.name, language)}\t{one.unit}")


@main.command()
@click.argument("name", metavar="ID")
@in_language
def show(name: str, language: Language) -> None:
    """Print the card of the metric ID, as JSON."""
    click.echo(dumps(card(_named(name, language), language)))


@main.command()
@click.argument("name", metavar="ID")
@click.argument("inputs", nargs=-1, metavar="NAME=VALUE...")
@click.option("--value", "only_value", is_flag=True, help="Print the number alone.")
@in_language
def compute(name: str, inputs: tuple[str, ...], only_value: bool, language: Language) -> None:  # noqa: FBT001  click's flag
    """Compute the metric ID from inputs such as revenue=500 or campaign_costs[ads]=20."""
    metric = _named(name, language)
    pairs = []
    for given in inputs:
        key, equals, text = given.partition("=")
        if not equals:
            raise click.UsageError(f"{given!r} is not NAME=VALUE")
        pairs.append((key, text))
    try:
        told = answer(metric, as_json(metric, pairs, Manner()), language, "full")
    except (Invalid, Refused) as failure:
        click.echo(dumps(problem_of(failure, language)), err=True)
        raise SystemExit(BAD_INPUT) from None
    click.echo(told["value_text"] if only_value else dumps(told))
    if told["reason"]:
        click.echo(told["reason"]["message"], err=True)
        raise SystemExit(UNDEFINED)


@main.command()
@click.argument("file", type=click.File("rb"))
@click.option("--value", "only_values", is_flag=True, help="Leave formulas and names out.")
@in_language
def batch(file: BinaryIO, only_values: bool, language: Language) -> None:  # noqa: FBT001  click's flag
    """Compute the items of FILE: JSON with "items", or one item a line; - reads the input.

    Prints one result a line. Ends with 1 when an item failed.
    """
    todo = Batch(language, "value" if only_values else "full")
    size = _size(file)
    shown = size is not None and not sys.stdout.isatty() and sys.stderr.isatty()
    with click.progressbar(length=size or 0, file=sys.stderr, hidden=not shown) as bar:
        for index, (item, line, read) in enumerate(_items(file)):
            if isinstance(item, Refused):
                click.echo(todo.failed(index, item, line))
            else:
                click.echo(todo.answer(index, item, line or None))
            bar.update(read)
    if todo.summary["error"]:
        raise SystemExit(BAD_INPUT)


def _named(name: str, language: Language) -> Metric:
    try:
        return find(name)
    except NoSuchMetric as failure:
        raise click.UsageError(say(failure.message, language)) from None


def _items(file: BinaryIO) -> Iterator[tuple[Any, int, int]]:
    """Yield each item with its line and the bytes it took; 0 for those of a document."""
    first = True
    for place, line in enumerate(file, 1):
        if not line.strip():
            continue
        item = _read(line)
        if first and not (isinstance(item, dict) and "items" not in item):
            yield from _document_items(line + file.read())
            return
        first = False
        yield item, place, len(line)


def _read(line: bytes) -> Any:
    """Return the item that *line* holds, or why it holds none."""
    try:
        return loads(line)
    except Refused as refused:
        return refused


def _document_items(text: bytes) -> Iterator[tuple[Any, int, int]]:
    document = _read(text)
    if isinstance(document, Refused):
        raise click.UsageError(f"the file is neither JSON nor lines of JSON: {document}")
    items = document.get("items") if isinstance(document, dict) else None
    if not isinstance(items, list):
        raise click.UsageError('the file has no list of "items"')
    for item in items:
        yield item, 0, len(text) // len(items)


def _size(file: BinaryIO) -> int | None:
    """Return how many bytes are to be read, if that can be known."""
    if not file.seekable():
        return None
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    return size


if __name__ == "__main__":
    main()
