"""``studio engines graph``: a ComfyUI graph of the user's own is read, tried and used."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from studio.cli.options import DONE, FILE, PROBLEMS, errors_in_words

if TYPE_CHECKING:
    from studio.engines.own_graphs import Reading, Tried


@click.command("graph")
@click.argument("file", type=FILE)
@click.option("--for", "kind", type=click.Choice(["image", "video"]), help="What it makes (else read off the graph).")
@click.option(
    "--bind", "binds", multiple=True, metavar="ROLE=NODE.INPUT", help="prompt=6.text; seed= binds it nowhere."
)
@click.option("--use", "is_used", is_flag=True, help="Keep it in the data folder, and use it from now on.")
@errors_in_words
def graph(file: Path, kind: str | None, binds: tuple[str, ...], is_used: bool) -> NoReturn:
    """Show what goes where in a ComfyUI graph (Workflow → Export (API)), and what the servers lack for it."""
    from studio.engines import registry
    from studio.engines.own_graphs import kind_of
    from studio.model.text_files import read_text_file

    text = read_text_file(file)
    taker = registry.graph_taker(kind or kind_of(text))
    read = taker.read_graph(file.name, text)
    if binds:
        read = taker.read_graph(file.name, text, {**read.bound, **_bound(binds)})
    _show(read)
    tried = taker.try_graph(file.name, text, read.bound)
    for one in tried:
        _say(one)
    if is_used:
        click.echo(taker.keep_graph(file.name, text, read.bound))
    is_well = not read.lack and (not tried or any(one.is_up and not one.faults for one in tried))
    sys.exit(DONE if is_well else PROBLEMS)


def _bound(binds: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for bind in binds:
        role, equals, place = (part.strip() for part in bind.partition("="))
        if not equals or (place and "." not in place):
            raise click.UsageError(f"--bind {bind[:60]}: write it like prompt=6.text")
        found[role] = (*found.get(role, ()), *([place] if place else []))
    return found


def _show(read: Reading) -> None:
    words = {"titles": "as its titles say", "guess": "read off the graph", "user": "as you say"}
    click.echo(f"{read.name}, {words[read.said_by]}:")
    for row in read.rows:
        place = next((str(one) for one in row.places if one.key == row.chosen), "nowhere: stays as in the graph")
        click.echo(f"  {row.role:<11} {f'{row.chosen:<16} {place}' if row.chosen else place}")
    if read.lack:
        click.echo(f"  ✗ {read.lack}")


def _say(tried: Tried) -> None:
    if not tried.is_up:
        click.echo(f"✗ {tried.server} does not answer")
        return
    click.echo(f"{'✗' if tried.faults else '✓'} {tried.server} {'lacks:' if tried.faults else 'has all that it needs'}")
    for fault in (*tried.faults, *tried.ignored):
        click.echo(f"    {fault}")
