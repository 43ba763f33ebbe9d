"""The order of writes, and the brakes of a run."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from zbdesk.domain.modules import MODULES
from zbdesk.sync.actions import Action, Create, Delete, Merge, Nothing, StatusAction, Update
from zbdesk.sync.order import WRITE_ORDER, Brake, Limits, Planned, brakes, in_order

NOT_BEFORE = {("contacts", "bankaccounts"), ("items", "contacts"), ("bankaccounts", "currencies")}


def test_order_names_every_module_once() -> None:
    """No module is forgotten."""
    assert sorted(WRITE_ORDER) == sorted(MODULES)


@pytest.mark.parametrize("name", list(MODULES))
def test_parents_stand_before_what_refers_to_them(name: str) -> None:
    """A record finds in Zoho all that it names; the few that may name each other wait for one another."""
    later = [
        target
        for _, target in MODULES[name].references
        if target != name and WRITE_ORDER.index(target) > WRITE_ORDER.index(name)
    ]
    assert later == []


def test_the_rule_of_the_house() -> None:
    """Currency, tax, contact, item before documents; an invoice before its payment."""
    wanted = ["currencies", "taxes", "contacts", "items", "estimates", "salesorders", "invoices", "creditnotes"]
    wanted += ["customerpayments", "creditnote_refunds"]
    assert sorted(wanted, key=WRITE_ORDER.index) == wanted


def _planned(key: int, module: str, action: Action, age: int = 0) -> Planned:
    return Planned(key, module, action, age)


def test_writes_leave_in_order() -> None:
    """Parents first, the older document first; voiding and deleting last, children before parents."""
    wanted = [
        _planned(90, "invoices", Nothing()),
        _planned(1, "contacts", Create({})),
        _planned(9, "invoices", Update({}), age=1),
        _planned(3, "invoices", StatusAction("sent", "send"), age=2),
        _planned(4, "invoices", Merge({}, {}), age=2),
        _planned(5, "customerpayments", Create({})),
        _planned(2, "creditnotes", StatusAction("void", "void"), age=3),
        _planned(7, "creditnotes", StatusAction("void", "void"), age=2),
        _planned(6, "creditnotes", StatusAction("void", "void"), age=2),
        _planned(8, "invoices", StatusAction("void", "void"), age=9),
        _planned(13, "customerpayments", Delete()),
        _planned(11, "invoices", Delete(), age=2),
        _planned(15, "invoices", Delete(), age=1),
        _planned(12, "invoices", Delete(), age=1),
        _planned(10, "contacts", Delete()),
    ]
    shuffled = wanted.copy()
    random.Random(7).shuffle(shuffled)
    assert in_order(shuffled) == wanted


def _writes(count: int, action: Action, value: str | None = "10", currency: str | None = "EUR") -> list[Planned]:
    amount = None if value is None else Decimal(value)
    return [Planned(key, "invoices", action, value=amount, currency=currency) for key in range(count)]


@pytest.mark.parametrize(
    ("planned", "limits", "found"),
    [
        (_writes(3, Create({})), Limits(), ()),
        (_writes(3, Create({})), Limits(changes=3), ()),
        (_writes(4, Create({})), Limits(changes=3), (Brake("changes", Decimal(4), Decimal(3)),)),
        (_writes(4, Nothing()), Limits(changes=0, value={"EUR": Decimal(0)}), ()),
        (_writes(2, Delete()), Limits(deletions=1), (Brake("deletions", Decimal(2), Decimal(1)),)),
        (_writes(2, Update({})), Limits(deletions=0), ()),
        (_writes(2, Create({})), Limits(value={"EUR": Decimal(20)}), ()),
        (_writes(2, Create({})), Limits(value={"EUR": Decimal(19)}), (Brake("EUR", Decimal(20), Decimal(19)),)),
        (_writes(2, Create({}), "-10"), Limits(value={"EUR": Decimal(19)}), (Brake("EUR", Decimal(20), Decimal(19)),)),
        (_writes(2, Create({})), Limits(value={"USD": Decimal(1)}), ()),
        (_writes(2, Create({}), None), Limits(value={"EUR": Decimal(1)}), ()),
        (_writes(2, Create({}), "10", None), Limits(value={"EUR": Decimal(1)}), ()),
        (
            _writes(2, Delete()),
            Limits(changes=0, deletions=0, value={"USD": Decimal(0), "EUR": Decimal(0)}),
            (
                Brake("changes", Decimal(2), Decimal(0)),
                Brake("deletions", Decimal(2), Decimal(0)),
                Brake("EUR", Decimal(20), Decimal(0)),
            ),
        ),
    ],
)
def test_brakes(planned: list[Planned], limits: Limits, found: tuple[Brake, ...]) -> None:
    """A run asks when it would exceed a limit, never when it just reaches it; what writes nothing does not count."""
    assert brakes(planned, limits) == found
