"""``tieout``: do the books match? Both sides of a period, the sign-off, and looking at such a file again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from zbdesk.app import closing, closing_page
from zbdesk.app import tieout as tying
from zbdesk.app.desk import Desk
from zbdesk.app.tieout_document import SIGN_OFF, csv_bytes, verify
from zbdesk.cli.options import JsonOption
from zbdesk.cli.output import Exit, document, ended, say, show, stamp, table
from zbdesk.cli.place import Place
from zbdesk.domain.dates import parse_date
from zbdesk.domain.errors import UsageError
from zbdesk.domain.seal import HASH
from zbdesk.domain.tieout import SPLITS, Fresh, Request, TieOut

tieout = typer.Typer(help="Do the books match? Both sides of a period, and the sign-off.", invoke_without_command=True)

FirstOption = Annotated[str | None, typer.Option("--from", metavar="DAY", help="The first day, YYYY-MM-DD.")]
LastOption = Annotated[str | None, typer.Option("--to", metavar="DAY", help="The last day, YYYY-MM-DD.")]
SplitOption = Annotated[str, typer.Option("--by", help="month, quarter or year (fiscal), or whole.")]
ModuleOption = Annotated[list[str] | None, typer.Option("--module", help="Only this module; may be given again.")]
FreshOption = Annotated[bool, typer.Option("--fresh", help="Ask Zoho Books now instead of comparing what was read.")]


@tieout.callback()
def look(
    context: typer.Context,
    *,
    first: FirstOption = None,
    last: LastOption = None,
    split: SplitOption = "month",
    module: ModuleOption = None,
    fresh: FreshOption = False,
    csv: Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="Write it as CSV too.")] = None,
    json: JsonOption = False,
) -> None:
    """Compare both sides of a period, with every difference by record."""
    if context.invoked_subcommand is not None:
        return
    request = _request(first, last, split, module)
    place: Place = context.obj
    with place.open() as desk:
        asked = _ask_zoho(desk, request) if fresh else None
        found = desk.read(lambda reader: reader.closing().tie_out(request, asked)).result()
    made = closing.tie_out_document(found, made_by=closing.login_name())
    if csv is not None:
        closing.save(csv, csv_bytes(made))
        say(f"{csv} is written. Its last line seals it.")
    if json:
        document(made)
    else:
        _tell(found, made)
    raise typer.Exit(Exit.OK if found.equal else Exit.ATTENTION)


def _request(first: str | None, last: str | None, split: str, module: list[str] | None) -> Request:
    begins, ends = _day(first, "--from"), _day(last, "--to")
    if split not in SPLITS:
        raise UsageError(f"A period is not split by {split}.", f"Give one of {', '.join(SPLITS)}.")
    return tying.checked(Request(begins, ends, split, tuple(module or ())))


def _day(text: str | None, option: str) -> date:
    day = parse_date(text)
    if day is None:
        raise UsageError(f"{option} must be a day such as 2026-11-30.", "Give the period's first and last day.")
    return day


def _ask_zoho(desk: Desk, request: Request) -> Fresh:
    """List the period in Zoho Books: only as the one process that works with the connection."""
    from zbdesk.cli.interrupts import run_tidily
    from zbdesk.sync import period

    names = request.modules or desk.read(lambda reader: reader.closing().modules()).result()
    desk.acquire("tieout")
    kept: list[Fresh] = []

    async def work() -> None:
        async with desk.engine(lambda _event: None) as engine:
            kept.append(await period.look_now(engine, request, names))

    run_tidily(work())
    return kept[0]


def _tell(found: TieOut, made: Mapping[str, Any]) -> None:
    rows = [
        [
            one.module, one.period, one.currency, str(one.here_count), str(one.zoho_count), format(one.here, "f"),
            format(one.zoho, "f"), format(one.difference, "f"),
        ]
        for one in found.totals
    ]  # fmt: skip
    headings = ["module", "period", "cur", "here", "zoho", "value here", "value in zoho", "difference"]
    show(table(headings, rows, right=frozenset(range(3, 8))) if rows else "No records in this period.")
    if found.lines:
        show("")
        lines = [
            [
                one.kind.value, one.module, one.period, one.number or one.remote_id or "", one.party or "",
                one.here_date or "", one.zoho_date or "", one.currency, format(one.difference, "f"),
            ]
            for one in found.lines
        ]  # fmt: skip
        names = ["what", "module", "period", "number", "party", "date here", "date in zoho", "cur", "difference"]
        show(table(names, lines, right=frozenset({8})))
    for shift in found.shifts:
        days = f"{shift.organization_day} for the organization, {shift.utc_day} in UTC, {shift.computer_day} here"
        say(f"{shift.number or shift.module} is dated {shift.date} and was made on {days}.")
    if found.unread:
        say(f"Not read to the end yet: {', '.join(found.unread)}. Run `zbdesk sync` first.")
    when = "as last read" if found.fresh_at is None else f"asked at {stamp(found.fresh_at)}"
    say("Both sides are equal." if found.equal else "The two sides differ.", f"Zoho Books {when}. Hash {made[HASH]}")


@tieout.command("sign-off")
def sign_off(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Ends in .json; the page to read is put beside it.")],
    *,
    first: FirstOption = None,
    last: LastOption = None,
    split: SplitOption = "month",
    module: ModuleOption = None,
    fresh: FreshOption = False,
    who: Annotated[str, typer.Option("--who", help="Who signs off; else the name at login.")] = "",
    note: Annotated[str, typer.Option("--note", help="What is to be remembered about it.")] = "",
    json: JsonOption = False,
) -> None:
    """Write what the checklist and the tie-out of a period say now into a sealed file."""
    if file.suffix.lower() != ".json":
        raise UsageError("A sign-off is a file that ends in .json.", "Give another name.", subject=str(file))
    request = _request(first, last, split, module)
    place: Place = context.obj
    with place.open() as desk:
        asked = _ask_zoho(desk, request) if fresh else None
        found = desk.read(lambda reader: reader.closing().look(request, reader.webhook_overview(), asked)).result()
    made = closing.sign_off(found, made_by=who or closing.login_name(), note=note)
    _, page = closing.save_sign_off(file, made, closing_page.sign_off_page(made))
    if json:
        document(made)
    else:
        words = closing_page.ENGLISH
        rows = [
            [words[check.standing.value], words[f"check_{check.key}"], str(check.count) if check.count else ""]
            for check in found.checks.checks
        ]
        show(table(["", "point", "count"], rows, right=frozenset({2})))
    say(f"{file} and {page} are written. Hash {made[HASH]}")
    raise typer.Exit(Exit.OK if found.checks.complete else Exit.ATTENTION)


@tieout.command("verify")
def verify_file(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A tie-out (.csv, .pdf, .json) or a sign-off.")],
    *,
    json: JsonOption = False,
) -> None:
    """Tell whether a tie-out or a sign-off still says what it said when it was made."""
    try:
        found = verify(file)
    except OSError as error:
        raise UsageError(f"{file} cannot be read.", error.strerror or type(error).__name__) from error
    held = None
    if found.whole and found.kind == SIGN_OFF and found.document is not None:
        held = _in_the_diary(context.obj, found.document)
    good = found.whole and held is not False
    if json:
        document({"kind": found.kind, "whole": found.whole, "hash": found.hash, "in_diary": held})
    else:
        what = (
            "The file says what it said when it was made." if found.whole else "The file was changed after it was made."
        )
        show(f"{ended(what)} Hash {found.hash or 'none'}")
        if held is not None:
            show(
                "The history here has the line at which it was signed off."
                if held
                else "The history here differs from the one that was signed off."
            )
    raise typer.Exit(Exit.OK if good else Exit.FAILED)


def _in_the_diary(place: Place, made: Mapping[str, Any]) -> bool | None:
    """Whether the history of this data directory, where it is the organization's, still has the line."""
    organization, end = made.get("organization") or {}, made.get("diary") or {}
    try:
        identity, seq, digest = str(organization["id"]), int(end["seq"]), str(end["hash"])
    except (KeyError, TypeError, ValueError):
        return None
    with place.open() as desk:
        return desk.read(lambda reader: reader.closing().diary_has(identity, seq, digest)).result()
