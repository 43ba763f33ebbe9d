"""The pages of month end as plain HTML: the tie-out and the sign-off, for a printer, a browser or a PDF.

Drawn from the sealed documents alone, so that what is read is what the hash covers. Words and figures come from the
caller: the window's in the person's language, the command line's in English. No script, no style from outside.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from zbdesk.domain.modules import MODULES
from zbdesk.domain.seal import HASH

ENGLISH: Mapping[str, str] = {
    "tie_out": "Tie-out",
    "sign_off": "Month-end sign-off",
    "organization": "Organization",
    "period": "Period",
    "made_at": "Made at",
    "made_by": "Made by",
    "compared": "Compared with",
    "asked": "Zoho Books, asked at {moment}",
    "mirror": "Zoho Books as it was last read; the oldest list is of {moment}",
    "never": "a list that was never read to its end",
    "equal": "Both sides are equal.",
    "unequal": "The two sides differ.",
    "module": "Module",
    "currency": "Currency",
    "count_here": "Records here",
    "count_zoho": "Records in Zoho Books",
    "here": "This computer",
    "zoho": "Zoho Books",
    "difference": "Difference",
    "differences": "Differences, record by record",
    "none": "None.",
    "number": "Number",
    "party": "Party",
    "what": "What differs",
    "only_here": "only here",
    "only_zoho": "only in Zoho Books",
    "amount": "another amount",
    "date": "another period",
    "other_currency": "another currency",
    "void_here": "void here",
    "void_zoho": "void in Zoho Books",
    "pending": "has not left yet",
    "unknown": "no answer came",
    "conflict": "in conflict",
    "problem": "has a problem",
    "unread": "Not read to the end yet: {names}. Their figures are not all there is.",
    "hash": "Hash over these figures (SHA-256)",
    "verify": "zbdesk tieout verify FILE tells whether the file still says what it said.",
    "day_shifts": "Dates that depend on the clock",
    "day_shift_line": "made on {organization} for the organization, {utc} in UTC, {computer} on this computer",
    "checklist": "Checklist",
    "check_in_order": "Sync is in order",
    "check_outgoing": "Nothing waits to leave",
    "check_unknown": "No outcome is unknown",
    "check_conflicts": "No conflicts",
    "check_problems": "No problems",
    "check_drafts": "No drafts up to the end of the period",
    "check_tie_out": "Tie-out is equal",
    "check_webhooks": "Webhooks arrive without a gap",
    "check_day_shift": "No date slips over the end of a month",
    "done": "done",
    "open": "open",
    "look": "worth a look",
    "complete": "Every point is done.",
    "incomplete": "{count} points are open. The period was signed off all the same.",
    "incomplete_one": "One point is open. The period was signed off all the same.",
    "note": "Note",
    "diary": "The history then ended at line {seq} with hash {hash}",
    "tie_out_hash": "Hash of the tie-out",
    "more_lines": "{count} more stand in the figures that travel in this file, and in the CSV.",
    "unknown_amounts_one": "Of one record nobody can tell the amount yet.",
    "unknown_amounts": "Of {count} records nobody can tell the amount yet.",
}
"""What every text is called; a translator gives the same keys."""

MODULE = "module/"
"""Before a module's name: a key of what it is called in another language."""

MOST_LINES = 1_000
"""Differences on the page; the figures beside it have all of them."""

Money = Callable[[str, str], str]
Words = Mapping[str, str]
Plain = Callable[[str], str]

_STYLE = """<style>
body { font-family: sans-serif; font-size: 10pt; }
h1 { font-size: 16pt; } h2 { font-size: 12pt; }
table { border-collapse: collapse; } td { padding: 3px 8px; text-align: start; vertical-align: top; }
.n { text-align: right; } .h { font-family: monospace; font-size: 8pt; }
</style>"""


def plain_money(amount: str, currency: str) -> str:
    """An amount as it stands in the file."""
    return f"{currency} {amount}".strip()


def tie_out_page(
    made: Mapping[str, Any], words: Words = ENGLISH, money: Money = plain_money, day: Plain = str, moment: Plain = str
) -> str:
    """A sealed tie-out as a page. ``day`` and ``moment`` turn what stands in the file into what people read."""
    parts = [
        _heading(words["tie_out"], made),
        _facts(made, words, day, moment),
        _p(words["equal"] if made["equal"] else words["unequal"], strong=True),
    ]
    if made["unread"]:
        parts.append(_p(words["unread"].replace("{names}", ", ".join(_label(name, words) for name in made["unread"]))))
    parts += [totals_table(made["totals"], words, money), _h2(words["differences"])]
    lines = made["differences"]
    parts.append(_lines_table(lines[:MOST_LINES], words, money, day) if lines else _p(words["none"]))
    if len(lines) > MOST_LINES:
        parts.append(_p(words["more_lines"].replace("{count}", str(len(lines) - MOST_LINES))))
    if made["day_shifts"]:
        parts += [_h2(words["day_shifts"]), _shifts(made["day_shifts"], words, day)]
    return _page(words["tie_out"], parts, made, words)


def sign_off_page(
    made: Mapping[str, Any], words: Words = ENGLISH, money: Money = plain_money, day: Plain = str, moment: Plain = str
) -> str:
    """A sealed sign-off as a page."""
    count = sum(one["standing"] == "open" for one in made["checklist"])
    incomplete = words["incomplete_one"] if count == 1 else words["incomplete"].replace("{count}", str(count))
    rows = [
        (words[f"check_{one['key']}"], words[one["standing"]], _figures(one, words, money)) for one in made["checklist"]
    ]
    tied, diary = made["tie_out"], made["diary"]
    facts = {**made, "fresh_at": tied["fresh_at"], "as_of": tied["as_of"]}
    parts = [
        _heading(words["sign_off"], made),
        _facts(facts, words, day, moment),
        _p(words["complete"] if made["complete"] else incomplete, strong=True),
        _p(f"{words['note']}: {made['note']}") if made["note"] else "",
        _h2(words["checklist"]),
        _table((), rows),
        _h2(words["tie_out"]),
        totals_table(tied["totals"], words, money),
        _p(f"{words['tie_out_hash']}: {tied[HASH]}", small=True),
        _p(words["diary"].replace("{seq}", str(diary["seq"])).replace("{hash}", diary["hash"] or "–"), small=True),
    ]
    return _page(words["sign_off"], parts, made, words)


def totals_table(totals: list[Mapping[str, Any]], words: Words, money: Money) -> str:
    """Both sides by module, period and currency."""
    heads = (words["module"], words["period"], words["currency"])
    figures = (words["count_here"], words["count_zoho"], words["here"], words["zoho"], words["difference"])
    rows = []
    for one in totals:
        code = one["currency"]
        amounts = [money(one[name], code) for name in ("here", "zoho", "difference")]
        rows.append((_label(one["module"], words), one["period"], code, one["here_count"], one["zoho_count"], *amounts))
    unknown = sum(one["unknown"] for one in totals)
    said = words["unknown_amounts_one"] if unknown == 1 else words["unknown_amounts"].replace("{count}", str(unknown))
    more = _p(said) if unknown else ""
    return (_table((*heads, *figures), rows, numbers=3) if rows else _p(words["none"])) + more


def _lines_table(lines: list[Mapping[str, Any]], words: Words, money: Money, day: Plain) -> str:
    heads = (words["module"], words["period"], words["number"], words["party"], words["what"])
    rows = []
    for one in lines:
        kind = "other_currency" if one["kind"] == "currency" else one["kind"]
        what = words[kind]
        if one["here_date"] and one["zoho_date"] and one["here_date"] != one["zoho_date"]:
            what = f"{what}: {day(one['here_date'])} / {day(one['zoho_date'])}"
        cells = [money(one[name], one["currency"]) if one[name] is not None else "" for name in ("here", "zoho")]
        name = one["number"] or one["remote_id"] or ""
        rows.append(
            (_label(one["module"], words), one["period"], name, one["party"] or "", what, *cells,
             money(one["difference"], one["currency"]))
        )  # fmt: skip
    return _table((*heads, words["here"], words["zoho"], words["difference"]), rows, numbers=5)


def _shifts(shifts: list[Mapping[str, Any]], words: Words, day: Plain) -> str:
    rows = []
    for one in shifts:
        text = words["day_shift_line"]
        for name in ("organization", "utc", "computer"):
            text = text.replace("{" + name + "}", day(one[f"{name}_day"]))
        rows.append((_label(one["module"], words), one["number"] or "", one["party"] or "", day(one["date"]), text))
    return _table((), rows)


def _figures(one: Mapping[str, Any], words: Words, money: Money) -> str:
    parts = [str(one["count"])] if one["count"] else []
    parts += [_label(name, words) for name in one["names"]]
    parts += [money(amount, code) for code, amount in one["amounts"].items() if amount.strip("0.")]
    return " · ".join(parts)


def _facts(made: Mapping[str, Any], words: Words, day: Plain, moment: Plain) -> str:
    organization = made["organization"]
    name = " · ".join(part for part in (organization["name"], organization["id"], organization.get("tax_id")) if part)
    return _table(
        (),
        (
            (words["organization"], name),
            (words["period"], f"{day(made['from'])} – {day(made['to'])}"),
            (words["made_at"], f"{moment(made['made_at'])} ({organization['time_zone']})"),
            (words["made_by"], made["made_by"]),
            (words["compared"], _compared(made, words, moment)),
        ),
    )


def _compared(made: Mapping[str, Any], words: Words, moment: Plain) -> str:
    if made["fresh_at"]:
        return words["asked"].replace("{moment}", moment(made["fresh_at"]))
    moments = list(made["as_of"].values())
    oldest = words["never"] if None in moments or not moments else moment(min(moments))
    return words["mirror"].replace("{moment}", oldest)


def _heading(title: str, made: Mapping[str, Any]) -> str:
    return f"<h1>{escape(title)}: {escape(made['organization']['name'])}</h1>"


def _label(name: str, words: Words) -> str:
    """A module in the words of whoever reads, where they have any."""
    return words.get(MODULE + name) or (MODULES[name].label if name in MODULES else name)


def _h2(text: str) -> str:
    return f"<h2>{escape(text)}</h2>"


def _p(text: str, *, strong: bool = False, small: bool = False) -> str:
    inner = f"<b>{escape(text)}</b>" if strong else escape(text)
    return f'<p class="h">{inner}</p>' if small else f"<p>{inner}</p>"


def _table(heads: tuple[str, ...], rows: Any, *, numbers: int | None = None) -> str:
    """A table; columns from ``numbers`` on hold figures."""

    def cell(tag: str, at: int, value: object) -> str:
        number = numbers is not None and at >= numbers
        side = ' class="n" align="right" style="white-space: nowrap"' if number else ""
        # Headings as cells: Qt centres th, whatever the style says.
        inner = f"<b>{escape(str(value))}</b>" if tag == "th" else escape(str(value))
        return f"<td{side}>{inner}</td>"

    head = "".join(cell("th", at, value) for at, value in enumerate(heads))
    body = "".join("<tr>" + "".join(cell("td", at, v) for at, v in enumerate(row)) + "</tr>" for row in rows)
    return f"<table cellpadding='3'>{f'<tr>{head}</tr>' if head else ''}{body}</table>"


def _page(title: str, parts: list[str], made: Mapping[str, Any], words: Words) -> str:
    foot = _p(f"{words['hash']}: {made[HASH]}", small=True) + _p(words["verify"], small=True)
    head = f'<meta charset="utf-8"><title>{escape(title)}</title>{_STYLE}'
    return f"<!DOCTYPE html><html><head>{head}</head><body>{''.join(parts)}<hr>{foot}</body></html>\n"
