"""Policies as a person sets them: what is accepted, what it does to a pass, and one line of quantity 1."""

from __future__ import annotations

from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path

import pytest
from books_world import BooksWorld
from hypothesis import given
from hypothesis import strategies as st

from zbdesk.domain.errors import UsageError
from zbdesk.domain.modules import MODULES
from zbdesk.domain.modules import module as named
from zbdesk.domain.status import RecordState
from zbdesk.store import connections, preferences
from zbdesk.store.preferences import Kind
from zbdesk.sync import policy_keys
from zbdesk.sync.commands import SetPolicy
from zbdesk.sync.obeying import obey
from zbdesk.sync.policies import Policies
from zbdesk.sync.policy import Direction, policy_for
from zbdesk.sync.policy_keys import BadPolicy, NoSuchPolicy, changed, overrides, told

CONTACT = {"source_id": "C-1", "contact_name": "Lantern & Loom", "email": "ap@lantern.example"}
INVOICE = {
    "source_id": "S-1",
    "invoice_number": "LL-1",
    "customer": {"source_id": "C-1"},
    "date": "2026-11-20",
    "line_items": [{"name": "Seat", "quantity": "3", "rate": "33.333"}],
}


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[BooksWorld]:
    """A connected computer with a customer, after its first load."""
    made = BooksWorld(tmp_path)
    await made.sync()
    made.put("contacts", CONTACT)
    await made.sync()
    yield made
    await made.aclose()


def choose(world: BooksWorld, module: str, **wishes: str) -> None:
    """Set something as the window does."""
    pairs = tuple((name.replace("__", "."), value) for name, value in wishes.items())
    obey(world.db, world.connection, SetPolicy(module, pairs), now=world.clock.now)


# -- the words --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("module", "wishes", "expected"),
    [
        ("invoices", {"direction": "push"}, {"direction": "push"}),
        ("invoices", {"delete": "no", "create": "YES"}, {"may_delete": False, "may_create": True}),
        ("contacts", {"link_by_email": "off", "link_by_name": "no"}, {"link_by_email": False, "link_by_name": False}),
        ("invoices", {"always.notes": "remote"}, {"always": {"notes": "remote"}}),
        ("invoices", {"one_line_quantity_one": "erp, shop,erp"}, {"one_line_quantity_one": ["erp", "shop"]}),
    ],
)  # fmt: skip
def test_what_is_accepted(module: str, wishes: dict[str, str], expected: dict[str, object]) -> None:
    """Each setting in its own words; what is stored is what the policy takes."""
    assert changed(named(module), {}, wishes) == expected
    policy_for(named(module), read_only=False, overrides=overrides(named(module), expected))


@pytest.mark.parametrize(
    ("module", "wishes", "error", "said"),
    [
        ("invoices", {"direction": "sideways"}, BadPolicy, "both, pull or push"),
        ("invoices", {"delete": "maybe"}, BadPolicy, "yes or no"),
        ("invoices", {"link_by_email": "no"}, NoSuchPolicy, "link_by_email"),
        ("customerpayments", {"one_line_quantity_one": "erp"}, NoSuchPolicy, "one_line"),
        ("invoices", {"always.balance": "local"}, BadPolicy, "always.balance"),
        ("invoices", {"always.notes": "both"}, BadPolicy, "local, remote or ask"),
        ("invoices", {"colour": "red"}, NoSuchPolicy, "direction"),
    ],
)
def test_what_is_refused(module: str, wishes: dict[str, str], error: type[UsageError], said: str) -> None:
    """A wrong name or value names the module, the setting and what is allowed."""
    with pytest.raises(error, match=said.split(maxsplit=1)[0]) as caught:
        changed(named(module), {}, wishes)
    assert named(module).label in caught.value.title


def test_default_takes_a_choice_back() -> None:
    """One choice goes, the others stay."""
    before = {"direction": "pull", "may_delete": False, "always": {"notes": "local", "terms": "remote"}}
    after = changed(named("invoices"), before, {"direction": "default", "always.notes": "ask"})
    assert after == {"may_delete": False, "always": {"terms": "remote"}}
    assert changed(named("invoices"), after, {"always.terms": "default"}) == {"may_delete": False}


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "direction": st.sampled_from(["both", "pull", "push"]),
            "create": st.sampled_from(["yes", "no"]),
            "update": st.sampled_from(["yes", "no"]),
            "delete": st.sampled_from(["yes", "no"]),
            "always.notes": st.sampled_from(["local", "remote"]),
            "one_line_quantity_one": st.sampled_from(["a", "a,b"]),
        },
    )
)
def test_what_is_told_can_be_set_again(wishes: dict[str, str]) -> None:
    """Setting what a policy tells of itself changes nothing: the words are complete and exact."""
    invoices = named("invoices")
    policy = policy_for(invoices, read_only=False, overrides=overrides(invoices, changed(invoices, {}, wishes)))
    words = told(invoices, policy)
    again = {
        **{name: "yes" if value is True else "no" for name, value in words.items() if isinstance(value, bool)},
        "direction": str(words["direction"]),
    }
    sources = words["one_line_quantity_one"]
    if isinstance(sources, list) and sources:
        again["one_line_quantity_one"] = ",".join(sources)
    rules = words["always"]
    assert isinstance(rules, dict)
    again |= {f"always.{name}": side for name, side in rules.items()}
    assert policy_for(invoices, read_only=False, overrides=overrides(invoices, changed(invoices, {}, again))) == policy


def test_a_setting_of_a_later_version_is_left_out() -> None:
    """An older program beside a newer one does not stumble over what it does not know."""
    assert overrides(named("invoices"), {"sideways": True, "direction": "pull"}) == {"direction": "pull"}


# -- what they do -----------------------------------------------------------------------------------------------------

pytestmark = pytest.mark.anyio


async def test_a_choice_is_kept_for_its_connection_and_goes_with_its_data(world: BooksWorld) -> None:
    """It survives a restart, is written into the diary, and is gone when the connection's data is deleted."""
    choose(world, "invoices", direction="push", always__notes="local")
    world.crash()
    policy = Policies(world.db, world.connection).of(named("invoices"))
    assert (policy.direction, dict(policy.always)) == (Direction.PUSH, {"notes": "local"})
    connections.delete_data(world.db, world.connection.id)
    assert preferences.get(world.db, world.connection.id, Kind.POLICY) == {}
    assert world.db.value("SELECT COUNT(*) FROM meta WHERE name LIKE ?", (f"%/{world.connection.id}",)) == 0


async def test_only_reading_a_module_sends_nothing_of_it(world: BooksWorld) -> None:
    """Pull: a document waits with the reason, and goes by itself once both ways are allowed again."""
    choose(world, "invoices", direction="pull")
    world.put("invoices", INVOICE)
    await world.sync()
    [problem] = world.problems()
    assert problem.cause == "permission"
    assert "Settings" in problem.remedy
    choose(world, "invoices", direction="both")
    world.clock.tick(60)
    await world.sync()
    assert world.view("invoices", "S-1").state is RecordState.SYNCED
    assert world.problems() == []


async def test_only_sending_a_module_takes_nothing_in(world: BooksWorld) -> None:
    """Push: what changes in Zoho Books stays there, and comes in once both ways are allowed."""
    world.put("invoices", {**INVOICE, "notes": "ours"})
    await world.sync()
    choose(world, "invoices", direction="push")
    remote_id = str(world.record("invoices", "S-1").remote_id)
    world.clock.tick(60)
    world.org.edit("invoices", remote_id, notes="theirs")
    await world.sync()
    document = world.record("invoices", "S-1").document
    assert document is not None
    assert document.fields["notes"] == "ours"
    choose(world, "invoices", direction="default")
    await world.sync()
    document = world.record("invoices", "S-1").document
    assert document is not None
    assert document.fields["notes"] == "theirs"


async def test_deleting_may_be_switched_off(world: BooksWorld) -> None:
    """A deletion here is not sent, and says why."""
    world.put("invoices", INVOICE)
    await world.sync()
    choose(world, "invoices", delete="no")
    world.act("invoices", "LL-1", "delete")
    await world.sync()
    assert world.numbers("invoices", "invoice_number")["LL-1"] == 1
    assert [one.cause for one in world.problems()] == ["permission"]


@pytest.mark.parametrize(("side", "expected"), [("local", "ours"), ("remote", "theirs")])
async def test_always_settles_a_field_without_a_question(world: BooksWorld, side: str, expected: str) -> None:
    """Where the person said always, a field changed on both sides is no conflict; the standing ones go too."""
    world.put("invoices", {**INVOICE, "notes": "one"})
    await world.sync()
    remote_id = str(world.record("invoices", "S-1").remote_id)
    world.clock.tick(60)
    world.org.edit("invoices", remote_id, notes="theirs")
    world.put("invoices", {**INVOICE, "notes": "ours"})
    await world.sync()
    assert len(world.conflicts()) == 1
    choose(world, "invoices", always__notes=side)
    world.clock.tick(60)
    await world.sync()
    assert world.conflicts() == []
    assert world.there("invoices", "S-1")["notes"] == expected
    document = world.record("invoices", "S-1").document
    assert document is not None
    assert document.fields["notes"] == expected


async def test_linking_by_e_mail_may_be_switched_off(world: BooksWorld) -> None:
    """Then a customer with a known address is made anew when its name is free."""
    choose(world, "contacts", link_by_email="no")
    await world.sync(full=True)
    known = next(one for one in world.org.all("contacts") if one["contact_type"] == "customer" and one.get("email"))
    world.put("contacts", {"source_id": "C-7", "contact_name": "Someone else", "email": known["email"]})
    await world.sync()
    assert world.record("contacts", "C-7").remote_id not in {None, known["contact_id"]}


# -- one line of quantity 1 ------------------------------------------------------------------------------------------


async def test_one_line_of_quantity_one_for_a_source(world: BooksWorld) -> None:
    """That source's lines go out with quantity 1 and their amount as rate; other sources keep their quantities."""
    choose(world, "invoices", one_line_quantity_one="erp")
    total = {"total": "100.00"}
    world.put("invoices", {**INVOICE, "source_id": "E-1", "invoice_number": "E-1", **total}, source="erp")
    world.put("invoices", INVOICE)
    await world.sync()
    record = world.record("invoices", "E-1", "erp")
    [line] = world.org.get("invoices", str(record.remote_id))["line_items"]
    assert (line["quantity"], Decimal(str(line["rate"]))) == (1, Decimal("100.00"))
    [line] = world.there("invoices", "S-1")["line_items"]
    assert line["quantity"] == 3
    assert world.problems() == []
    for _ in range(2):
        world.clock.tick(60)
        run = await world.sync()
        assert run.pushed == ()
    assert world.conflicts() == []


async def test_a_changed_quantity_of_such_a_source_changes_the_rate(world: BooksWorld) -> None:
    """An edit of the source is sent as another amount of the same one line; an edit in Zoho comes in."""
    choose(world, "invoices", one_line_quantity_one="erp")
    document = {**INVOICE, "line_items": [{"name": "Seat", "quantity": "2", "rate": "10"}]}
    world.put("invoices", document, source="erp")
    await world.sync()
    world.put(
        "invoices", {**document, "line_items": [{"name": "Seat", "quantity": "5", "rate": "10"}]}, source="erp"
    )  # fmt: skip
    await world.sync()
    remote_id = str(world.record("invoices", "S-1", "erp").remote_id)
    [line] = world.org.get("invoices", remote_id)["line_items"]
    assert (line["quantity"], Decimal(str(line["rate"]))) == (1, 50)
    world.clock.tick(60)
    world.org.edit("invoices", remote_id, line_items=[{**line, "rate": 60}])
    await world.sync()
    assert world.conflicts() == []
    fields = world.record("invoices", "S-1", "erp").document
    assert fields is not None
    assert Decimal(fields.fields["line_items"][0]["rate"]) * Decimal(fields.fields["line_items"][0]["quantity"]) == 60


async def test_a_line_that_only_has_a_total_goes_out_as_one(world: BooksWorld) -> None:
    """``item_total`` without a rate leaves no other way to say it, whatever the source."""
    world.put("invoices", {**INVOICE, "line_items": [{"name": "Work", "quantity": "7", "item_total": "99.99"}]})
    await world.sync()
    [line] = world.there("invoices", "S-1")["line_items"]
    assert (line["quantity"], Decimal(str(line["rate"]))) == (1, Decimal("99.99"))
    assert world.problems() == []


async def test_a_total_that_differs_is_told_for_such_a_source_too(world: BooksWorld) -> None:
    """The source's own total is held against Zoho's after the write."""
    choose(world, "invoices", one_line_quantity_one="erp")
    world.put("invoices", {**INVOICE, "total": "101.00"}, source="erp")
    await world.sync()
    assert [one.cause for one in world.problems()] == ["total_differs"]


def test_every_key_is_a_field_of_the_policy() -> None:
    """No word leads nowhere."""
    for module in MODULES.values():
        for word in policy_keys.keys_of(module):
            assert word.startswith("always") or word in told(module, policy_for(module, read_only=False))
