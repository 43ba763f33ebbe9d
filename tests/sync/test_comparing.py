"""A conflict laid open: sides, lines, what a choice writes, what it does to the books, and when it is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from zbdesk.domain.documents import document_from_remote
from zbdesk.domain.modules import MODULES
from zbdesk.domain.views import LedgerEffect
from zbdesk.store.documents import Document, Trees
from zbdesk.sync import agreeing, comparing
from zbdesk.sync.actions import RECORD, STATUS
from zbdesk.sync.agreeing import Sides
from zbdesk.sync.comparing import Clash
from zbdesk.sync.references import Resolution

D = Decimal
LINE = {"line_item_id": "9", "name": "Seat", "quantity": 2, "rate": D(40), "unit": "pcs"}
INVOICE: dict[str, Any] = {
    "invoice_id": "7", "customer_id": "C7", "date": "2026-11-20", "notes": "agreed", "line_items": [LINE],
    "total": D(80), "tax_total": D(0), "balance": D(80), "is_inclusive_tax": False,
}  # fmt: skip


class NoDatabase:
    """References are ids already: nothing is looked up."""

    def resolve(self, references: object, *, source: object, kept: object = None) -> Resolution:
        """Nothing to find."""
        del references, source, kept
        return Resolution()


def clash(
    names: tuple[str, ...], *, ours: Mapping[str, Any] | None = None, theirs: Mapping[str, Any] | None = None,
    status: str = "sent", wishes: tuple[str, ...] = (), deleted: bool = False, gone: bool = False,
    locked: bool = False, module_name: str = "invoices", base: Mapping[str, Any] = INVOICE,
) -> Clash:  # fmt: skip
    """A conflict between an edit here and one there, from the same agreed record."""
    module = MODULES[module_name]
    local, base_ = agreeing.taken_over(module, _trees(module_name, base, status, gone=False), {})
    document = Document(
        {**local, **(ours or {})}, deleted, wishes, 2, None, takes_over=False, in_conflict=True, given=None
    )
    trees = replace(_trees(module_name, {**base, **(theirs or {})}, status, gone=gone), document=document, base=base_)
    sides = agreeing.sides_of(module, trees, NoDatabase())  # type: ignore[arg-type]
    assert isinstance(sides, Sides)
    return Clash(module, sides, names, {}, locked)


def _trees(module: str, remote: Mapping[str, Any], status: str, *, gone: bool) -> Trees:
    return Trees(
        1, "l-1", module, "7", None, None, "INV-7", "Lantern", status, "GBP", 5, gone, True, "m", dict(remote),
        None, None,
    )  # fmt: skip


def lines(rate: str) -> dict[str, Any]:
    """The one line at another price."""
    return {"line_items": [{"name": "Seat", "quantity": D(2), "rate": D(rate)}]}


def priced(rate: str, **more: Any) -> dict[str, Any]:
    """Zoho's record at another price, added up by it."""
    total = D(rate) * 2
    return {"line_items": [{**LINE, "rate": D(rate)}], "total": total, "balance": total, **more}


def both(module: str, key: str) -> str:
    """What a record is called."""
    return f"{module}/{key}"


def test_each_field_stands_where_it_belongs() -> None:
    """In conflict, changed here, changed there, equal: in this order, with names in the place of ids."""
    one = clash(("notes",), ours={"notes": "ours", "terms": "30"}, theirs={"notes": "theirs", "date": "2026-11-22"})
    found = {field.name: field for field in comparing.fields_of(one, both)}
    assert list(found)[:3] == ["notes", "terms", "date"]
    assert (found["notes"].base, found["notes"].local, found["notes"].remote) == ("agreed", "ours", "theirs")
    assert [found[name].standing for name in ("notes", "terms", "date", "customer_id")] == [
        "clash", "local", "remote", "equal",
    ]  # fmt: skip
    assert found["customer_id"].local == "contacts/C7"
    assert (found["date"].kind, found["date"].remote) == ("date", "2026-11-22")


def test_a_status_and_a_whole_record_are_fields_of_their_own() -> None:
    """Void against paid, deleted against edited: what each side did, in words that are stable."""
    (status, *_) = comparing.fields_of(clash((STATUS,), wishes=("void",), status="paid"), both)
    assert (status.name, status.local, status.remote) == (STATUS, "void", "paid")
    (whole, *_) = comparing.fields_of(clash((RECORD,), deleted=True), both)
    assert (whole.kind, whole.local, whole.remote) == ("record", "deleted", "edited")
    (whole, *_) = comparing.fields_of(clash((RECORD,), gone=True), both)
    assert (whole.local, whole.remote) == ("edited", "deleted")


def test_lines_are_matched_as_a_write_matches_them() -> None:
    """Price against price, a new line of ours without a partner, one that only Zoho has at the end."""
    ours = {"line_items": [{"name": "Seat", "rate": D(45)}]}
    theirs = {
        "line_items": [{**LINE, "rate": D(50)}, {"line_item_id": "10", "name": "Desk", "quantity": 1, "rate": D(3)}]
    }
    found = comparing.lines_of(clash(("line_items",), ours=ours, theirs=theirs))
    assert [line.name for line in found] == ["Seat", "Desk"]
    assert (found[0].local.rate, found[0].local.quantity, found[0].remote.rate) == (D(45), 2, D(50))  # type: ignore[union-attr]
    assert (found[0].unit, found[1].local) == ("pcs", None)


def test_a_record_without_lines_of_ours_shows_zohos() -> None:
    """Where our side says nothing of lines, both columns show what is there."""
    one = clash(("notes",))
    bare = replace(one, sides=replace(one.sides, resolved={"notes": "x"}))
    assert [line.local == line.remote for line in comparing.lines_of(bare)] == [True]


def test_a_choice_of_lines_moves_the_books_by_the_difference() -> None:
    """Ours at 45 against theirs at 50: receivable, sales and balance fall by ten; theirs changes nothing."""
    one = clash(("line_items",), ours=lines("45"), theirs=priced("50"))
    effect = comparing.effect_of(one, {"line_items": "local"})
    assert dict(effect.parts) == {"receivable": D(-10), "sales": D(-10), "balance": D(-10)}
    assert (effect.total, comparing.at_stake(one)) == (D(90), D(10))
    assert comparing.writes(one, {"line_items": "local"})
    kept = comparing.effect_of(one, {"line_items": "remote"})
    assert (kept.parts, kept.total) == ((), D(100))
    assert "Nothing is written" in kept.sentence


def test_without_a_figure_none_is_shown() -> None:
    """A tax that nobody knows leaves the total open, and the sentence says who works it out."""
    odd = {"line_items": [{"name": "Seat", "quantity": D(2), "rate": D(45), "tax_id": "?"}]}
    one = clash(("line_items",), ours=odd, theirs=priced("50"))
    effect = comparing.effect_of(one, {"line_items": "local"})
    assert (effect.parts, effect.total) == ((), None)
    assert "Zoho Books" in effect.sentence
    assert comparing.at_stake(one) is None


@pytest.mark.parametrize(
    ("options", "choice", "word"),
    [
        ({"names": ("notes",), "ours": {"notes": "x"}, "locked": True}, {"notes": "local"}, "locked"),
        (
            {"names": ("notes",), "ours": {"notes": "x"}, "theirs": {"lock_details": {"a": 1}}}, {"notes": "local"},
            "locked",
        ),
        ({"names": (STATUS,), "ours": {"notes": "x"}, "status": "void"}, {STATUS: "local"}, "void"),
        ({"names": (RECORD,), "deleted": True, "status": "paid"}, {RECORD: "local"}, "deleted"),
        ({"names": (RECORD,), "deleted": True, "theirs": {"balance": D(30)}}, {RECORD: "local"}, "deleted"),
        ({"names": (STATUS,), "wishes": ("void",), "status": "paid"}, {STATUS: "local"}, "voided"),
        (
            {"names": ("line_items",), "ours": lines("45"), "theirs": priced("50", balance=D(0)), "status": "paid"},
            {"line_items": "local"}, "amount cannot change",
        ),
        (
            {"names": ("line_items",), "ours": lines("10"), "theirs": priced("50", balance=D(20))},
            {"line_items": "local"}, "More has been paid",
        ),
        (
            {"names": ("line_items",), "ours": {"line_items": [{"rate": D(1), "tax_id": "?"}]},
             "theirs": priced("50", balance=D(20))},
            {"line_items": "local"}, "cannot be worked out",
        ),
    ],
)  # fmt: skip
def test_what_would_break_the_record_is_refused(options: dict[str, Any], choice: dict[str, str], word: str) -> None:
    """Locked, void or paid: one sentence that says so; taking Zoho's side is always allowed."""
    one = clash(options.pop("names"), **options)
    assert word in comparing.refusal(one, choice)
    assert comparing.refusal(one, dict.fromkeys(choice, "remote")) == "" or one.locked


@pytest.mark.parametrize(
    ("options", "choice"),
    [
        ({"names": ("notes",), "ours": {"notes": "x"}, "status": "paid"}, {"notes": "local"}),
        (
            {"names": ("line_items",), "ours": lines("45"), "theirs": priced("50", balance=D(20))},
            {"line_items": "local"},
        ),
        (
            {"names": ("line_items",), "ours": lines("50"), "theirs": priced("50", balance=D(0)), "status": "paid"},
            {"line_items": "local"},
        ),
    ],
)  # fmt: skip
def test_what_leaves_the_money_alone_is_allowed(options: dict[str, Any], choice: dict[str, str]) -> None:
    """Words on a paid invoice, an amount above what was paid, lines that come to the same."""
    assert comparing.refusal(clash(options.pop("names"), **options), choice) == ""


def test_deleting_and_making_again_count_whole() -> None:
    """Our deletion takes the document out of the books, keeping ours after theirs puts it in again."""
    away = clash((RECORD,), deleted=True)
    assert dict(comparing.effect_of(away, {RECORD: "local"}).parts)["receivable"] == D(-80)
    assert comparing.effect_of(away, {RECORD: "remote"}).parts == ()
    assert comparing.at_stake(away) == D(80)
    again = clash((RECORD,), gone=True)
    assert comparing.effect_of(again, {RECORD: "local"}).total == D(80)
    assert comparing.effect_of(again, {RECORD: "remote"}).total is None
    assert comparing.at_stake(again) == D(80)
    unknown = clash((RECORD,), gone=True, ours={"line_items": [{"tax_id": "?", "rate": D(1)}]})
    assert comparing.effect_of(unknown, {RECORD: "local"}).parts == ()


def test_a_kept_wish_is_a_write_and_a_status_taken_from_zoho_is_none() -> None:
    """Our void leaves; taking theirs writes nothing at all."""
    one = clash((STATUS,), wishes=("void",), ours={"notes": "x"}, status="sent")
    assert comparing.writes(one, {STATUS: "local"})
    assert not comparing.writes(one, {STATUS: "remote"})


def test_contacts_have_no_money_at_stake() -> None:
    """No figure is shown where no document is."""
    contact = {"contact_id": "7", "contact_name": "Lantern", "notes": "agreed"}
    one = clash(("notes",), ours={"notes": "x"}, theirs={"notes": "y"}, module_name="contacts", base=contact)
    assert comparing.at_stake(one) is None
    assert comparing.effect_of(one, {"notes": "local"}).sentence == ""
    assert document_from_remote(one.module, contact)["notes"] == "agreed"


def test_effects_of_many_are_summed_by_currency() -> None:
    """Never across currencies; a single one keeps its total and sentence."""
    pounds, euros = LedgerEffect("GBP", (("sales", D(1)),), D(5), "One."), LedgerEffect("EUR", (("sales", D(4)),))
    assert comparing.summed([pounds]) == (pounds,)
    assert comparing.summed([pounds, euros, pounds, LedgerEffect("USD")]) == (
        LedgerEffect("EUR", (("sales", D(4)),)), LedgerEffect("GBP", (("sales", D(2)),)),
    )  # fmt: skip
