"""What may be done with a module's records, as data."""

from __future__ import annotations

import pytest

from zbdesk.domain.modules import MODULES, module
from zbdesk.sync.policy import Direction, ModulePolicy, Verb, policy_for, scope_name
from zbdesk.sync.wishes import (
    is_fulfilled,
    is_settled,
    is_void,
    known_wishes,
    standing,
    wish_action,
)

INVOICES = module("invoices")


def test_defaults() -> None:
    """Both ways, all allowed; only customers link and come in by themselves."""
    assert policy_for(INVOICES, read_only=False) == ModulePolicy()
    contacts = policy_for(module("contacts"), read_only=False)
    assert contacts == ModulePolicy(
        ignore_vendors=True, link_by_email=True, link_by_name=True, first_link_takes_remote=True, take_over_new=True
    )
    assert policy_for(module("customerpayments"), read_only=False) == ModulePolicy(take_over_new=True)


@pytest.mark.parametrize("name", list(MODULES))
def test_read_only_never_writes(name: str) -> None:
    """Whatever was chosen for the module, a read-only connection only pulls."""
    policy = policy_for(module(name), read_only=True, overrides={"direction": "push", "may_create": True})
    assert policy.read_only
    assert policy.pulls
    assert not policy.pushes
    assert not any(policy.allows(verb) for verb in Verb)


def test_overrides() -> None:
    """The person's own choices stand over the habits; a name that is none is a mistake."""
    policy = policy_for(module("contacts"), read_only=False, overrides={"link_by_name": False, "direction": "pull"})
    assert not policy.link_by_name
    assert policy.link_by_email
    assert policy.direction is Direction.PULL
    with pytest.raises(TypeError):
        policy_for(INVOICES, read_only=False, overrides={"sideways": True})


@pytest.mark.parametrize(
    ("direction", "pulls", "pushes"), [("both", True, True), ("pull", True, False), ("push", False, True)]
)
def test_directions(direction: str, pulls: bool, pushes: bool) -> None:
    """Each direction opens one way or both."""
    policy = policy_for(INVOICES, read_only=False, overrides={"direction": direction})
    assert (policy.pulls, policy.pushes) == (pulls, pushes)
    assert policy.allows(Verb.CREATE) is pushes


@pytest.mark.parametrize(
    ("verb", "switch"), [(Verb.CREATE, "may_create"), (Verb.UPDATE, "may_update"), (Verb.DELETE, "may_delete")]
)
def test_each_kind_of_write_has_its_switch(verb: Verb, switch: str) -> None:
    """Switching one off leaves the others on."""
    policy = policy_for(INVOICES, read_only=False, overrides={switch: False})
    assert [one for one in Verb if not policy.allows(one)] == [verb]


@pytest.mark.parametrize(
    ("scopes", "lacking"),
    [
        ([], set()),  # not known: Zoho decides
        (["ZohoBooks.fullaccess.all"], set()),
        (["ZohoBooks.invoices.ALL"], set()),
        (["zohobooks.INVOICES.all"], set()),
        (["ZohoBooks.contacts.ALL"], set(Verb)),
        (["ZohoBooks.invoices.READ"], set(Verb)),
        (["ZohoBooks.invoices.create", "ZohoBooks.invoices.UPDATE"], {Verb.DELETE}),
    ],
)
def test_permissions(scopes: list[str], lacking: set[Verb]) -> None:
    """What the sign-in did not grant is known before anything is tried."""
    assert policy_for(INVOICES, read_only=False, scopes=scopes).lacking == lacking


def test_scope_names() -> None:
    """Items are written under Zoho's settings permission."""
    assert scope_name(module("items"), Verb.UPDATE) == "ZohoBooks.settings.UPDATE"


@pytest.mark.parametrize(
    ("name", "wish", "action"),
    [
        ("invoices", "send", "sent"),
        ("invoices", "sent", "sent"),  # Zoho's own word will do
        ("estimates", "accept", "accepted"),
        ("estimates", "decline", "declined"),
        ("salesorders", "send", "open"),
        ("creditnotes", "send", "open"),
        ("bills", "open", "open"),
        ("purchaseorders", "void", "cancelled"),
        ("purchaseorders", "bill", "billed"),
        ("journals", "send", "publish"),
        ("items", "deactivate", "inactive"),
        ("recurringbills", "deactivate", "stop"),
        ("recurringbills", "activate", "resume"),
        ("estimates", "void", None),
        ("invoices", "email", None),  # nobody outside is ever mailed
        ("invoices", "paymentreminder", None),
        ("invoices", "from_salesorder", None),  # not about one record
        ("invoices", "remove_payment", None),  # needs to know which
        ("contacts", "update_address", None),
        ("salesorders", "substatus", None),
        ("users", "fly", None),
    ],
)
def test_wishes(name: str, wish: str, action: str | None) -> None:
    """A wish finds the module's own action for it, or none."""
    found = wish_action(module(name), wish)
    assert (found.name if found else None) == action


@pytest.mark.parametrize("name", list(MODULES))
def test_no_wish_mails_anybody(name: str) -> None:
    """Whatever is wished for, nothing is sent to a person."""
    for wish in (*known_wishes(module(name)), *(action.name for action in module(name).actions)):
        found = wish_action(module(name), wish)
        assert found is None or not (found.mails or found.collection or "{" in found.suffix)


def test_known_wishes() -> None:
    """The words that a person can use for invoices."""
    assert known_wishes(INVOICES) == ("send", "void", "draft", "submit", "approve")


@pytest.mark.parametrize(
    ("wish", "status", "fulfilled"),
    [
        ("send", "draft", False),
        ("send", None, False),
        ("send", "Partially Paid", True),
        ("send", " overdue ", True),
        ("send", "void", False),
        ("void", "void", True),
        ("void", "draft", False),
        ("draft", "draft", True),
        ("draft", "sent", False),
        ("submit", "pending_approval", True),
        ("approve", "pending_approval", False),
        ("approve", "approved", True),
        ("writeoff", "paid", False),  # no status tells
        ("fly", "fly", False),
    ],
)
def test_fulfilled(wish: str, status: str | None, fulfilled: bool) -> None:
    """A status that shows the wish, or lies beyond it, grants it without a call."""
    assert is_fulfilled(INVOICES, wish, status) is fulfilled


@pytest.mark.parametrize(
    ("status", "void", "settled", "stands"),
    [
        (None, False, False, ""),
        ("draft", False, False, "draft"),
        ("Void", True, False, "void"),
        ("cancelled", True, False, "cancelled"),
        ("paid", False, True, "paid"),
        ("partially_paid", False, True, "partially_paid"),
        ("overdue", False, False, "sent"),
        ("Viewed", False, False, "sent"),
        ("open", False, False, "sent"),
    ],
)
def test_what_a_status_means(status: str | None, void: bool, settled: bool, stands: str) -> None:
    """The calendar and readers change words; people change what they stand for."""
    assert (is_void(status), is_settled(status), standing(status)) == (void, settled, stands)
