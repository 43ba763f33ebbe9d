"""Automatic set-up: what is planned, what is made, what is taken back, and what happens in between."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from zbdesk.demo.answers import Refusal
from zbdesk.demo.automation import Automation
from zbdesk.domain.errors import AuthError, RejectedError, UnknownOutcomeError
from zbdesk.domain.way import Made
from zbdesk.webhooks.automatic import CREATE, MissingScope, NoAddressYet, Step, check_scopes, plan, remove, set_up
from zbdesk.zoho.errors import NotFound

pytestmark = pytest.mark.anyio

URL = "https://hooks.example.com/webhooks/zoho/k3y"
SECRET = "zbdesk1secret2026"
AT = datetime(2026, 11, 20, tzinfo=UTC)


class Books:
    """Zoho's settings as the demo company has them, with faults at chosen writes."""

    def __init__(self) -> None:
        self.automation = Automation()
        self.faults: dict[int, Exception] = {}
        self.after: set[int] = set()
        self.writes: list[tuple[str, str]] = []

    async def write(self, method: str, path: str, *, body: bytes | None = None, part: str | None = None) -> bytes:
        """One write; a fault strikes before it is done, or after it (``after``)."""
        self.writes.append((method, path))
        number = len(self.writes)
        if number in self.faults and number not in self.after:
            raise self.faults[number]
        answer = self._answer(method, path, body or b"")
        if number in self.faults:
            raise self.faults[number]
        return answer

    async def get(self, path: str, *, part: str | None = None) -> bytes:
        """One read."""
        return self._answer("GET", path, b"")

    def _answer(self, method: str, path: str, body: bytes) -> bytes:
        try:
            return self.automation.answer("1", method, path, body)[1]
        except Refusal as refusal:
            if refusal.status == 404:
                raise NotFound("webhook", http_status=404, code="1002", reason="") from refusal
            raise RejectedError(
                "Zoho Books refuses.", refusal.message, http_status=refusal.status, code=str(refusal.code), reason=""
            ) from refusal

    def names(self) -> tuple[list[str], list[str]]:
        """What is there."""
        return self.automation.names("1", "webhooks"), self.automation.names("1", "workflows")


@dataclass
class Notes:
    """What was written down."""

    rows: list[Made] = field(default_factory=list)

    def made(self) -> Sequence[Made]:
        """See ``automatic.Records``."""
        return tuple(self.rows)

    def add(self, kind: str, step: Step, remote_id: str) -> None:
        """See ``automatic.Records``."""
        self.rows.append(Made(len(self.rows) + 1, kind, step.module, step.rule, step.name, remote_id, AT))

    def forget(self, made_id: int) -> None:
        """See ``automatic.Records``."""
        self.rows = [row for row in self.rows if row.id != made_id]


def steps(*modules: str) -> list[Step]:
    """The plan for some modules."""
    return plan(modules or ("invoices",), URL, "k3y")


def test_the_plan_shows_exactly_what_would_be_sent() -> None:
    """Two pairs a module, told apart by their path; the default payload, so that the body is what is signed."""
    changed, deleted = steps("invoices")
    assert changed.webhook(SECRET) == {
        "webhook_name": "zbdesk k3y invoices changed",
        "description": "Tells zbdesk that invoices were changed",
        "entity": "invoice",
        "method": "POST",
        "url": f"{URL}/invoices/changed",
        "secret": SECRET,
    }
    assert changed.workflow("9")["instant_actions"] == [{"action_id": "9", "action_type": "webhook"}]
    assert (changed.rule_type, deleted.rule_type, deleted.url) == ("add_edit", "delete", f"{URL}/invoices/deleted")
    assert changed.sure
    assert not steps("creditnotes")[0].sure


def test_the_plan_takes_what_is_on_and_known() -> None:
    """Modules without a word of Zoho's are left to the guide; without an address there is no plan."""
    names = [step.module for step in steps("journals", "contacts", "invoices")]
    assert names == ["invoices", "invoices", "contacts", "contacts"]
    assert {step.url for step in plan(("items",), URL, "k", with_path=False)} == {URL}
    with pytest.raises(NoAddressYet):
        plan(("invoices",), None, "k")


def test_a_missing_permission_is_named() -> None:
    """The sentence names the scope and that the guide remains."""
    with pytest.raises(MissingScope) as caught:
        check_scopes(("ZohoBooks.settings.READ",), (CREATE,))
    assert "ZohoBooks.settings.CREATE" in caught.value.message
    assert "by hand" in caught.value.message
    check_scopes(("ZohoBooks.settings.ALL",), (CREATE,))
    check_scopes((CREATE,), (CREATE,))


async def test_everything_is_made_and_noted_and_a_second_time_changes_nothing() -> None:
    """Made once, found the second time, removed without a trace."""
    books, notes = Books(), Notes()
    first = await set_up(books, steps("invoices", "contacts"), SECRET, notes)
    again = await set_up(books, steps("invoices", "contacts"), SECRET, notes)
    assert [done.result for done in first.steps] == ["made"] * 4
    assert [done.result for done in again.steps] == ["there"] * 4
    webhooks, workflows = books.names()
    assert webhooks == workflows
    assert len(webhooks) == 4
    rules = books.automation.rules()
    assert {(rule.modules, rule.events) for rule in rules} == {
        (("invoices",), ("created", "edited")),
        (("invoices",), ("deleted",)),
        (("contacts",), ("created", "edited")),
        (("contacts",), ("deleted",)),
    }
    report = await remove(books, notes.made(), notes)
    assert report.ok
    assert books.names() == ([], [])
    assert notes.rows == []


async def test_half_a_pair_is_taken_back() -> None:
    """A rule that Zoho refuses leaves no webhook behind that nothing triggers; the others are made."""
    books, notes = Books(), Notes()
    books.faults[2] = RejectedError("No more rules.", http_status=400, code="1004", reason="")
    report = await set_up(books, steps("invoices"), SECRET, notes)
    assert [(done.result, done.message) for done in report.steps] == [("failed", "No more rules."), ("made", "")]
    assert books.names() == (["zbdesk k3y invoices deleted"],) * 2
    assert not report.ok


@pytest.mark.parametrize("number", [1, 2])
async def test_a_lost_answer_is_looked_up_and_makes_nothing_twice(number: int) -> None:
    """Done without an answer: it is found by its name, and counts as made."""
    books, notes = Books(), Notes()
    books.faults[number] = UnknownOutcomeError("No answer came.")
    books.after.add(number)
    report = await set_up(books, steps("invoices")[:1], SECRET, notes)
    assert report.ok
    assert [len(names) for names in books.names()] == [1, 1]
    assert len(notes.rows) == 2


async def test_a_write_that_never_arrived_is_said_and_made_the_next_time() -> None:
    """Not done and not there: it failed, and trying again makes it."""
    books, notes = Books(), Notes()
    books.faults[2] = UnknownOutcomeError("No answer came.")
    failed = await set_up(books, steps("invoices"), SECRET, notes)
    assert [done.result for done in failed.steps] == ["failed", "skipped"]
    again = await set_up(books, steps("invoices"), SECRET, notes)
    assert [done.result for done in again.steps] == ["made", "made"]
    assert [len(names) for names in books.names()] == [2, 2]


async def test_a_lost_sign_in_stops_at_once() -> None:
    """Nothing more is tried without a sign-in."""
    books, notes = Books(), Notes()
    books.faults[1] = AuthError("Sign in again.")
    report = await set_up(books, steps("invoices", "items"), SECRET, notes)
    assert [done.result for done in report.steps] == ["failed", "skipped", "skipped", "skipped"]
    assert len(books.writes) == 1


async def test_a_plan_without_rules_is_told_for_each() -> None:
    """Zoho's own words come through."""
    books, notes = Books(), Notes()
    books.automation.in_plan = False
    report = await set_up(books, steps("invoices"), SECRET, notes)
    assert "not available in your current plan" in report.steps[0].message
    assert notes.rows == []


async def test_what_somebody_removed_there_counts_as_removed() -> None:
    """And what was made by hand is never touched."""
    books, notes = Books(), Notes()
    by_hand = {"webhook_name": "ours", "entity": "invoice", "url": "https://x.example", "method": "POST"}
    books.automation.answer("1", "POST", "/settings/webhooks", json.dumps(by_hand).encode())
    await set_up(books, steps("invoices")[:1], SECRET, notes)
    rule = next(row for row in notes.rows if row.kind == "workflow")
    books.automation.answer("1", "DELETE", f"/settings/workflows/{rule.remote_id}", b"")
    report = await remove(books, notes.made(), notes)
    assert report.ok
    assert books.names() == (["ours"], [])


async def test_what_cannot_be_removed_stays_noted() -> None:
    """A failure keeps the note, so that it can be tried again."""
    books, notes = Books(), Notes()
    await set_up(books, steps("invoices")[:1], SECRET, notes)
    books.faults[3] = RejectedError("Not now.", http_status=400, code="1", reason="")
    books.faults[4] = RejectedError("Not now.", http_status=400, code="1", reason="")
    report = await remove(books, notes.made(), notes)
    assert not report.ok
    assert len(notes.rows) == 2
    assert (await remove(books, notes.made(), notes)).ok
