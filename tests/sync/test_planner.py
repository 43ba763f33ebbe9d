"""The plan of one record: every combination by hand, and what must hold for all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sync.planning import (
    BOTH,
    CONTACTS,
    INVOICES,
    Sides,
    any_remote,
    bases,
    fields,
    locals_,
    policies,
    remotes,
    settle,
)
from zbdesk.domain.canonical import FieldValue
from zbdesk.domain.documents import Reference
from zbdesk.domain.module import Module
from zbdesk.domain.modules import module
from zbdesk.sync.actions import (
    GONE,
    RECORD,
    STATUS,
    WRITES,
    Action,
    AdoptDeletion,
    AdoptRemote,
    Agree,
    Base,
    Cause,
    ClashingField,
    Conflict,
    Create,
    Delete,
    Forget,
    Link,
    LocalSide,
    Merge,
    Nothing,
    ReadFirst,
    Refuse,
    Remote,
    RemoteSide,
    StatusAction,
    TakeOver,
    Update,
    WaitForParent,
)
from zbdesk.sync.merge import matches, same, seen
from zbdesk.sync.planner import plan
from zbdesk.sync.policy import Direction, ModulePolicy, Verb, policy_for

A: dict[str, FieldValue] = {"notes": "a"}
B: dict[str, FieldValue] = {"notes": "b"}

REMOTE: dict[str, Remote] = {
    "none": None,
    "A": RemoteSide("7", A, "draft", 1),
    "B": RemoteSide("7", B, "draft", 2),
    "GONE": GONE,
    "row": RemoteSide("7", {}, "draft", 2, complete=False),
}
LOCAL: dict[str, LocalSide | None] = {
    "none": None,
    "A": LocalSide(A),
    "B": LocalSide(B),
    "deleted": LocalSide(A, deleted=True),
    "send": LocalSide(A, wishes=("send",)),
}
BASE: dict[str, Base | None] = {"none": None, "A": Base(A, A, "draft", 1)}

DELETED_THERE = Conflict((ClashingField(RECORD, None, "edited", "deleted"),))
DELETED_HERE = Conflict((ClashingField(RECORD, None, "deleted", "edited"),))
NEVER_AGREED = Conflict((ClashingField("notes", None, "a", "b"),))

TABLE: list[tuple[str, str, str, Action]] = [
    # remote, local, base
    ("none", "none", "none", Nothing()),  # nobody has it
    ("none", "none", "A", Nothing()),  # a base alone asks for nothing
    ("none", "A", "none", Create(A)),  # only we have it: send it whole
    ("none", "B", "none", Create(B)),  # the same, whatever it says
    ("none", "deleted", "none", Forget()),  # never sent and no longer wanted: nothing leaves
    ("none", "send", "none", Create(A)),  # a wish waits until there is a record to act on
    ("none", "A", "A", ReadFirst()),  # both agreed once, so it is there: look, never create a second one
    ("none", "B", "A", ReadFirst()),  # an edit is no reason to guess
    ("none", "deleted", "A", ReadFirst()),  # nor is a deletion: there may be something to delete
    ("none", "send", "A", ReadFirst()),  # nor a wish
    ("A", "none", "none", Nothing()),  # only mirrored
    ("A", "none", "A", Nothing()),  # ours was given up on purpose
    ("A", "A", "none", Link("equal")),  # found by its number, and it says the same: it is ours
    ("A", "A", "A", Nothing()),  # all agree
    ("A", "B", "none", Conflict((ClashingField("notes", None, "b", "a"),))),  # same number, other content: ask
    ("A", "B", "A", Update(B)),  # only we changed: send the difference
    ("A", "deleted", "none", Forget()),  # never agreed: Zoho's record is not ours to delete
    ("A", "deleted", "A", Delete()),  # nobody touched it there: delete
    ("A", "send", "none", Link("equal")),  # first agree, then act
    ("A", "send", "A", StatusAction("sent", "send")),  # nothing else to do: grant the wish
    ("B", "none", "none", Nothing()),  # only mirrored
    ("B", "none", "A", Nothing()),  # given up on purpose, changed there or not
    ("B", "A", "none", NEVER_AGREED),  # same number, other content: ask
    ("B", "A", "A", AdoptRemote(B)),  # only Zoho changed: take it
    ("B", "B", "none", Link("equal")),  # the same content: it is ours
    ("B", "B", "A", Agree()),  # both changed to the same: only the base is old
    ("B", "deleted", "none", Forget()),  # never agreed: leave Zoho's record alone
    ("B", "deleted", "A", DELETED_HERE),  # deleted here, edited there: never delete blindly
    ("B", "send", "none", NEVER_AGREED),  # no action on a record that may not be ours
    ("B", "send", "A", AdoptRemote(B)),  # fields first, the wish after them
    ("GONE", "none", "none", Nothing()),  # deleted there, never ours
    ("GONE", "none", "A", Nothing()),  # deleted on both sides
    ("GONE", "A", "none", Create(A)),  # kept here after the deletion: it is a new record
    ("GONE", "B", "none", Create(B)),  # the same with other content
    ("GONE", "deleted", "none", Forget()),  # gone there, unwanted here
    ("GONE", "send", "none", Create(A)),  # a new record first, then the wish
    ("GONE", "A", "A", AdoptDeletion()),  # nobody minds: ours goes too
    ("GONE", "B", "A", DELETED_THERE),  # edited here, deleted there: ask
    ("GONE", "deleted", "A", AdoptDeletion()),  # both deleted it
    ("GONE", "send", "A", DELETED_THERE),  # a wish for it is work here
    ("row", "none", "none", Nothing()),  # only mirrored; a row is enough for that
    ("row", "none", "A", Nothing()),  # given up on purpose
    ("row", "A", "none", ReadFirst()),  # a row cannot show that the content is the same
    ("row", "B", "none", ReadFirst()),  # nor that it differs
    ("row", "deleted", "none", Forget()),  # nothing to know for that
    ("row", "send", "none", ReadFirst()),  # agree first, and that needs the detail
    ("row", "A", "A", ReadFirst()),  # a newer stamp: something changed, read what
    ("row", "B", "A", ReadFirst()),  # look before writing
    ("row", "deleted", "A", ReadFirst()),  # and before deleting
    ("row", "send", "A", ReadFirst()),  # and before acting
]


@pytest.mark.parametrize(("remote", "local", "base", "action"), TABLE)
def test_every_combination(remote: str, local: str, base: str, action: Action) -> None:
    """Both ways, all allowed: one action for every combination of the three states."""
    assert plan(INVOICES, REMOTE[remote], LOCAL[local], BASE[base], BOTH) == action


def test_table_is_complete() -> None:
    """No combination is left to chance."""
    assert len({row[:3] for row in TABLE}) == len(TABLE) == len(REMOTE) * len(LOCAL) * len(BASE)


# -- for all states ---------------------------------------------------------------------------------------------------


@given(any_remote, st.none() | locals_, st.none() | bases, policies, st.sampled_from(["invoices", "contacts", "users"]))
def test_plan_is_total_and_deterministic(
    remote: Remote, local: LocalSide | None, base: Base | None, policy: ModulePolicy, name: str
) -> None:
    """Whatever the states, there is one action, always the same."""
    action = plan(module(name), remote, local, base, policy)
    assert isinstance(action, Action)
    assert plan(module(name), remote, local, base, policy) == action


@given(any_remote, st.none() | locals_, st.none() | bases, policies)
def test_every_record_comes_to_rest(
    remote: Remote, local: LocalSide | None, base: Base | None, policy: ModulePolicy
) -> None:
    """A handful of rounds, and one more for each wish, lead to nothing, conflict, refuse or wait."""
    wishes = len(local.wishes) if local else 0
    settle(Sides(remote, local, base), policy, most=5 + wishes)


@given(remotes, locals_, st.none() | bases)
def test_at_rest_both_sides_say_the_same(remote: RemoteSide, local: LocalSide, base: Base | None) -> None:
    """Where all is allowed and nobody has to choose, nothing that either side said is missing on the other."""
    local = replace(local, unresolved=(), deleted=False)
    sides, done = settle(Sides(remote, local, base), BOTH, most=10)
    assume(done[-1] == Nothing())
    assert isinstance(sides.remote, RemoteSide)
    assert sides.local is not None
    assert sides.local.wishes == ()
    assert sides.base is not None
    for name in sides.local.fields.keys() & sides.remote.fields.keys() & INVOICES.write_fields:
        theirs, ours = sides.remote.fields[name], sides.local.fields[name]
        if not matches(name, ours, theirs):
            # Only a difference that was there at the agreement: Zoho's own way of saying the same.
            assert same(sides.base.local[name], ours)
            assert same(sides.base.remote[name], theirs)


@given(fields(), st.none() | bases, policies, st.sampled_from([None, "draft", "paid"]))
def test_equal_sides_are_never_written(
    both: dict[str, FieldValue], base: Base | None, policy: ModulePolicy, status: str | None
) -> None:
    """What Zoho already says is not sent to it."""
    action = plan(INVOICES, RemoteSide("7", both, status, 5), LocalSide(both), base, policy)
    assert not isinstance(action, (*WRITES, Conflict))


@given(any_remote, locals_, st.none() | bases, policies)
def test_only_our_fields_are_sent(remote: Remote, local: LocalSide, base: Base | None, policy: ModulePolicy) -> None:
    """Nothing leaves that Zoho does not document as writable, or that our side does not say."""
    match plan(INVOICES, remote, local, base, policy):
        case Create(sent) | Update(sent) | Merge(sent, _):
            assert sent.keys() <= INVOICES.write_fields & local.fields.keys()
            assert all(local.fields[name] is value for name, value in sent.items())
            assert sent or not isinstance(remote, RemoteSide)


@given(any_remote, locals_, st.none() | bases, policies)
def test_what_may_not_be_written_is_not(
    remote: Remote, local: LocalSide, base: Base | None, policy: ModulePolicy
) -> None:
    """No direction, choice or missing permission is ever passed over."""
    action = plan(INVOICES, remote, local, base, policy)
    if policy.read_only or not policy.pushes:
        assert not isinstance(action, WRITES)
    if isinstance(action, Create):
        assert policy.may_create
        assert Verb.CREATE not in policy.lacking
    if isinstance(action, Update | Merge):
        assert policy.may_update
        assert Verb.UPDATE not in policy.lacking
    if isinstance(action, Delete):
        assert policy.may_delete
        assert Verb.DELETE not in policy.lacking
    if not policy.pulls:
        assert not isinstance(action, AdoptRemote | TakeOver | AdoptDeletion) or local.deleted


_SCALARS = st.fixed_dictionaries(
    {
        "notes": st.sampled_from([None, "a", "b", "c"]),
        "date": st.sampled_from([date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 22)]),
        "shipping_charge": st.sampled_from([None, Decimal(0), Decimal("5.0"), Decimal(5), Decimal(7), Decimal(8)]),
    }
)


@given(_SCALARS, _SCALARS, _SCALARS)
def test_conflict_if_and_only_if_both_changed_the_same_field_differently(
    base: dict[str, FieldValue], ours: dict[str, FieldValue], theirs: dict[str, FieldValue]
) -> None:
    """Amounts by value, dates as dates, and nothing is nothing: anything else merges without a question."""

    def plain(value: FieldValue) -> FieldValue:
        return value or None

    clashing = [name for name in sorted(base) if len({plain(base[name]), plain(ours[name]), plain(theirs[name])}) == 3]
    action = plan(INVOICES, RemoteSide("7", theirs), LocalSide(ours), Base(base, base), BOTH)
    found = [field.name for field in action.fields] if isinstance(action, Conflict) else []
    assert found == clashing
    if isinstance(action, Conflict):
        assert [(f.base, f.local, f.remote) for f in action.fields] == [
            (base[name], ours[name], theirs[name]) for name in clashing
        ]


@given(any_remote, locals_, bases, policies)
def test_deletion_against_work_is_never_carried_out(
    remote: Remote, local: LocalSide, base: Base, policy: ModulePolicy
) -> None:
    """Neither side's deletion takes away what the other side did meanwhile."""
    action = plan(INVOICES, remote, local, base, policy)
    if isinstance(action, AdoptDeletion) and not local.deleted:
        assert not local.wishes
        assert not local.unresolved
    if isinstance(action, Delete):
        assert isinstance(remote, RemoteSide)
        assert remote.complete
        assert all(same(base.remote.get(name), value) for name, value in remote.fields.items())


# -- sides alone ------------------------------------------------------------------------------------------------------

TAKING = ModulePolicy(take_over_new=True, ignore_vendors=True)
CUSTOMER = RemoteSide("7", {"contact_name": "Acme", "contact_type": "customer"}, "active")


@pytest.mark.parametrize(
    ("remote", "policy", "action"),
    [
        (CUSTOMER, TAKING, TakeOver(CUSTOMER.fields)),  # a new customer there becomes one here
        (replace(CUSTOMER, complete=False), TAKING, ReadFirst()),  # with all that it has, not only its row
        (CUSTOMER, BOTH, Nothing()),  # unless nobody wants that
        (CUSTOMER, replace(TAKING, direction=Direction.PUSH), Nothing()),  # or nothing may come in
        (replace(CUSTOMER, fields={"contact_type": "vendor"}), TAKING, Nothing()),  # vendors are ignored
        (replace(CUSTOMER, fields={"contact_type": "vendor"}, complete=False), TAKING, Nothing()),  # without reading
        (
            replace(CUSTOMER, fields={"contact_type": "vendor"}),
            replace(TAKING, ignore_vendors=False),
            TakeOver({"contact_type": "vendor"}),
        ),  # unless they are wanted
        (replace(CUSTOMER, status="void"), TAKING, Nothing()),  # what no longer counts is not begun with
        (GONE, TAKING, Nothing()),  # nor what is gone
    ],
)
def test_records_found_new_in_zoho(remote: Remote, policy: ModulePolicy, action: Action) -> None:
    """Only the policy makes a mirrored record ours."""
    assert plan(CONTACTS, remote, None, None, policy) == action


def test_what_was_given_up_does_not_come_back() -> None:
    """A base without a local side: a person dropped ours on purpose, and Zoho's record stays only mirrored."""
    base = Base(CUSTOMER.fields, CUSTOMER.fields)
    assert plan(CONTACTS, CUSTOMER, None, base, TAKING) == Nothing()
    assert plan(CONTACTS, None, None, base, TAKING) == Nothing()


def test_a_customer_found_by_email_takes_zohos_values() -> None:
    """The first link takes what differs from Zoho, without a conflict and without a write; what it lacks stays ours."""
    local = LocalSide({"contact_name": "ACME", "notes": "ours", "website": "x"})
    remote = RemoteSide("7", {"contact_name": "Acme", "notes": None, "contact_type": "customer"})
    policy = policy_for(CONTACTS, read_only=False)
    assert plan(CONTACTS, remote, local, None, policy) == Link("remote_wins", {"contact_name": "Acme", "notes": None})
    assert plan(CONTACTS, remote, LocalSide({"contact_name": "Acme"}), None, policy) == Link("equal")


def test_empty_fields_are_not_created() -> None:
    """A new record starts with what there is."""
    assert plan(INVOICES, None, LocalSide({"notes": None, "terms": "30 days"}), None, BOTH) == Create(
        {"terms": "30 days"}
    )


def test_fields_that_are_not_ours_neither_leave_nor_come_in() -> None:
    """A balance in a document, or in an old agreement, is Zoho's business: it is no edit of either side."""
    known, more = {"notes": "a", "balance": Decimal(5)}, {"notes": "b", "balance": Decimal(9)}
    assert plan(INVOICES, None, LocalSide(known), None, BOTH) == Create({"notes": "a"})
    assert plan(INVOICES, RemoteSide("7", A), LocalSide(more), Base(A, A), BOTH) == Update({"notes": "b"})
    paid = RemoteSide("7", {"notes": "a", "balance": Decimal(0)})
    assert plan(INVOICES, paid, LocalSide(A), Base(known, known), BOTH) == Nothing()


# -- references -------------------------------------------------------------------------------------------------------

PARENT = Reference("customer_id", "contacts", "source_id", "C-1")
ITEM = Reference("item_id", "items", "name", "Seat")


def _refused(action: Action) -> Refuse:
    assert isinstance(action, Refuse)
    assert action.message
    assert action.remedy
    return action


@pytest.mark.parametrize(
    ("remote", "base"), [(None, None), (GONE, None), (REMOTE["A"], None), (REMOTE["A"], BASE["A"])]
)
def test_a_document_waits_for_its_parents(remote: Remote, base: Base | None) -> None:
    """A reference that has no id yet keeps the document here, named with all the others that it waits for."""
    local = LocalSide(A, unresolved=(PARENT, ITEM))
    assert plan(INVOICES, remote, local, base, BOTH) == WaitForParent((PARENT, ITEM))


@pytest.mark.parametrize(
    ("reference", "cause", "words"),
    [
        (Reference("currency_id", "currencies", "code", "CHF"), Cause.MISSING_CURRENCY, "CHF"),
        (Reference("tax_id", "taxes", "name", "VAT 20"), Cause.UNKNOWN_REFERENCE, "tax “VAT 20”"),
        (Reference("account_id", "chartofaccounts", "name", "Sales"), Cause.UNKNOWN_REFERENCE, "account “Sales”"),
        (Reference("from_account_id", "bankaccounts", "code", "77"), Cause.UNKNOWN_REFERENCE, "account “77”"),
    ],
)
def test_a_missing_setting_is_a_problem(reference: Reference, cause: Cause, words: str) -> None:
    """No currency, tax or account is ever made up from a document: an accountant sets it up, then it goes on."""
    refused = _refused(plan(INVOICES, None, LocalSide(A, unresolved=(PARENT, reference)), None, BOTH))
    assert refused.cause == cause
    assert words in refused.message


@pytest.mark.parametrize("by", ["source_id", "local_id"])
def test_a_setting_of_our_own_is_waited_for(by: str) -> None:
    """What a source itself brings is on its way, whatever module it belongs to."""
    account = Reference("account_id", "chartofaccounts", by, "4711")
    assert plan(INVOICES, None, LocalSide(A, unresolved=(account,)), None, BOTH) == WaitForParent((account,))


def test_what_cannot_leave_lets_in_what_comes() -> None:
    """While an edit waits, Zoho's changes of other fields are taken over; the edit stays."""
    local = LocalSide({"notes": "b", "terms": "t"}, unresolved=(PARENT,))
    base = Base({"notes": "a", "terms": "t"}, {"notes": "a", "terms": "t"})
    remote = RemoteSide("7", {"notes": "a", "terms": "u"})
    assert plan(INVOICES, remote, local, base, BOTH) == AdoptRemote({"terms": "u"})
    sides, done = settle(Sides(remote, local, base), BOTH, most=2)
    assert done[-1] == WaitForParent((PARENT,))
    assert sides.local == replace(local, fields={"notes": "b", "terms": "u"})


# -- permissions ------------------------------------------------------------------------------------------------------

READ_ONLY = policy_for(INVOICES, read_only=True)


@pytest.mark.parametrize(
    ("remote", "local", "base"),
    [
        (None, LOCAL["A"], None),
        (REMOTE["A"], LOCAL["B"], BASE["A"]),
        (REMOTE["A"], LOCAL["deleted"], BASE["A"]),
        (REMOTE["A"], LOCAL["send"], BASE["A"]),
    ],
)
@pytest.mark.parametrize(
    ("policy", "cause", "words"),
    [
        (READ_ONLY, Cause.PERMISSION, "only reads"),
        (ModulePolicy(direction=Direction.PULL), Cause.PERMISSION, "settings"),
        (
            ModulePolicy(may_create=False, may_update=False, may_delete=False),
            Cause.PERMISSION,
            "settings",
        ),
        (ModulePolicy(lacking=frozenset(Verb)), Cause.MISSING_SCOPE, "ZohoBooks.invoices."),
    ],
)
def test_an_edit_that_may_not_leave_is_a_problem(
    remote: Remote, local: LocalSide, base: Base | None, policy: ModulePolicy, cause: Cause, words: str
) -> None:
    """It is neither sent nor lost: it stays pending, and the problem says what would let it go."""
    refused = _refused(plan(INVOICES, remote, local, base, policy))
    assert refused.cause == cause
    assert words in refused.message


def test_refusals_name_what_was_wanted() -> None:
    """Creating, changing and deleting are told apart, and a status action needs the permission that Zoho asks for."""
    lacking = ModulePolicy(lacking=frozenset({Verb.CREATE}))
    assert "ZohoBooks.invoices.CREATE" in _refused(plan(INVOICES, None, LOCAL["A"], None, lacking)).message
    assert (
        "ZohoBooks.invoices.CREATE" in _refused(plan(INVOICES, REMOTE["A"], LOCAL["send"], BASE["A"], lacking)).message
    )
    assert plan(INVOICES, REMOTE["A"], LOCAL["B"], BASE["A"], lacking) == Update(B)
    fixed = ModulePolicy(may_update=False)
    assert "changed" in _refused(plan(INVOICES, REMOTE["A"], LOCAL["send"], BASE["A"], fixed)).message
    only = ModulePolicy(may_delete=False)
    assert "invoices be deleted" in _refused(plan(INVOICES, REMOTE["A"], LOCAL["deleted"], BASE["A"], only)).message
    assert plan(INVOICES, None, LOCAL["A"], None, only) == Create(A)


def test_zoho_itself_lacks_some_methods() -> None:
    """What Zoho offers to nobody is said, not tried."""
    adjustments = module("base_currency_adjustments")
    refused = _refused(plan(adjustments, RemoteSide("7", A), LocalSide(B), Base(A, A), ModulePolicy()))
    assert refused.cause == Cause.VALIDATION
    assert "changed by other programs" in refused.message


def test_push_only_adopts_nothing() -> None:
    """Where nothing comes in, Zoho's edits are left alone there, and a deletion there is told."""
    policy = ModulePolicy(direction=Direction.PUSH)
    assert plan(INVOICES, REMOTE["B"], LOCAL["A"], BASE["A"], policy) == Nothing()
    assert _refused(plan(INVOICES, GONE, LOCAL["A"], BASE["A"], policy)).cause == Cause.DELETED_IN_ZOHO
    paid = RemoteSide("7", A, "paid", 2)
    assert plan(INVOICES, paid, LOCAL["A"], BASE["A"], policy) == Nothing()
    both = LocalSide({"notes": "a", "terms": "new"})
    base = Base({"notes": "a", "terms": "t"}, {"notes": "a", "terms": "t"}, "draft")
    remote = RemoteSide("7", {"notes": "b", "terms": "t"}, "draft")
    assert plan(INVOICES, remote, both, base, policy) == Update({"terms": "new"})
    assert plan(INVOICES, remote, both, base, BOTH) == Merge({"terms": "new"}, {"notes": "b"})


def test_always_settles_a_clash() -> None:
    """Where the person said who always wins, there is no question any more."""
    local = LocalSide({"notes": "c"})
    assert plan(INVOICES, REMOTE["B"], local, BASE["A"], ModulePolicy(always={"notes": "local"})) == Update(
        {"notes": "c"}
    )
    assert plan(INVOICES, REMOTE["B"], local, BASE["A"], ModulePolicy(always={"notes": "remote"})) == AdoptRemote(B)
    assert plan(INVOICES, REMOTE["B"], local, BASE["A"], ModulePolicy(always={"terms": "local"})) == Conflict(
        (ClashingField("notes", "a", "c", "b"),)
    )


# -- status -----------------------------------------------------------------------------------------------------------


def _status(now: str | None, then: str | None, *wishes: str, ours: dict[str, FieldValue] = A) -> Action:
    return plan(INVOICES, RemoteSide("7", A, now, 2), LocalSide(ours, wishes=wishes), Base(A, A, then, 1), BOTH)


@pytest.mark.parametrize(
    ("now", "then", "wishes", "action"),
    [
        ("draft", "draft", ("send",), StatusAction("sent", "send")),
        ("sent", "draft", ("send",), Nothing(fulfilled=("send",))),  # somebody marked it there
        ("Paid", "sent", ("send",), Nothing(fulfilled=("send",))),  # long past it
        ("sent", "sent", ("send", "void"), StatusAction("void", "void", ("send",))),  # the next one that is open
        ("draft", "draft", ("send", "void"), StatusAction("sent", "send")),  # in their order
        ("void", "void", ("void",), Nothing(fulfilled=("void",))),
        ("void", "sent", ("void",), Nothing(fulfilled=("void",))),  # both voided it
        ("paid", "paid", ("void",), StatusAction("void", "void")),  # known to be paid when it was wished
        ("overdue", "sent", ("void",), StatusAction("void", "void")),  # only the calendar went on
        ("sent", "draft", ("void",), StatusAction("void", "void")),  # issuing moves no money
        ("paid", None, ("void",), StatusAction("void", "void")),  # nothing is known to have moved
        ("paid", "sent", ("void",), Conflict((ClashingField(STATUS, "sent", "void", "paid"),))),  # money came in
        ("void", "sent", ("send",), Conflict((ClashingField(STATUS, "sent", "send", "void"),))),
        ("void", None, ("send",), Conflict((ClashingField(STATUS, None, "send", "void"),))),
        ("void", "sent", (), AdoptRemote({}, "void")),  # nobody here minds: voided here too
        ("paid", "sent", (), AdoptRemote({}, "paid")),  # paid there: known here, once
        ("draft", "void", (), AdoptRemote({}, "draft")),  # taken back there
        ("overdue", "sent", (), Nothing()),  # the calendar is nobody's edit
        ("viewed", "unpaid", (), Nothing()),
        (None, None, (), Nothing()),
    ],
)
def test_status(now: str | None, then: str | None, wishes: tuple[str, ...], action: Action) -> None:
    """Wishes are granted once, in order, and never against what happened in Zoho meanwhile."""
    assert _status(now, then, *wishes) == action


def test_void_there_against_edits_here() -> None:
    """A voided document with an edit here is a conflict of status, beside the fields that clash."""
    assert _status("void", "sent", ours=B) == Conflict((ClashingField(STATUS, "sent", "edited", "void"),))
    assert _status("void", "void", ours=B) == Update(B)
    waiting = LocalSide(A, unresolved=(PARENT,))
    assert plan(INVOICES, RemoteSide("7", A, "void"), waiting, Base(A, A, "sent"), BOTH) == Conflict(
        (ClashingField(STATUS, "sent", "edited", "void"),)
    )
    clash = plan(INVOICES, RemoteSide("7", B, "void"), LocalSide({"notes": "c"}), Base(A, A, "sent"), BOTH)
    assert clash == Conflict((ClashingField("notes", "a", "c", "b"), ClashingField(STATUS, "sent", "edited", "void")))
    alike = plan(INVOICES, RemoteSide("7", B, "void"), LocalSide(B), Base(A, A, "sent"), BOTH)
    assert alike == AdoptRemote({}, "void")


def test_fields_and_status_come_together() -> None:
    """A change there that also moved the status is taken over in one step."""
    action = plan(INVOICES, RemoteSide("7", B, "paid", 2), LOCAL["A"], Base(A, A, "sent", 1), BOTH)
    assert action == AdoptRemote(B, "paid")


def test_unknown_wish_is_refused_after_those_before_it() -> None:
    """A wish that nothing grants stops there, with the word that was used."""
    refused = _refused(_status("draft", "draft", "fly"))
    assert refused.cause == Cause.VALIDATION
    assert "“fly”" in refused.message
    assert _status("draft", "draft", "send", "fly") == StatusAction("sent", "send")


def test_wishes_wait_for_edits() -> None:
    """What is marked as sent is what was last written here."""
    assert _status("draft", "draft", "send", ours=B) == Update(B)


def test_delete_after_a_payment_is_a_conflict() -> None:
    """A deletion that was wished before money came in asks again; the calendar alone does not stop it."""
    local = LocalSide(A, deleted=True)
    base = Base(A, A, "sent")
    assert plan(INVOICES, RemoteSide("7", A, "paid"), local, base, BOTH) == DELETED_HERE
    assert plan(INVOICES, RemoteSide("7", A, "overdue"), local, base, BOTH) == Delete()
    foreign = RemoteSide("7", {**A, "terms": "theirs"}, "sent")
    assert plan(INVOICES, foreign, local, base, BOTH) == DELETED_HERE


# -- rows without detail ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("remote", "base", "action"),
    [
        (RemoteSide("7", {}, "draft", 1, complete=False), Base(A, A, "draft", 1), Nothing()),  # the same stamp
        (RemoteSide("7", B, "draft", 1, complete=False), Base(A, A, "draft", 1), AdoptRemote(B)),  # known all the same
        (RemoteSide("7", {}, "draft", None, complete=False), Base(A, A, "draft", 1), Nothing()),  # no stamp, no news
        (RemoteSide("7", B, "draft", None, complete=False), Base(A, A, "draft", 1), ReadFirst()),  # news in the row
        (RemoteSide("7", B, "draft", 2, complete=False), Base(A, A, "draft", None), ReadFirst()),
        (RemoteSide("7", A, "draft", 2, complete=False), Base(A, A, "draft", None), Nothing()),
    ],
)
def test_a_row_is_read_in_full_only_when_it_may_have_changed(remote: RemoteSide, base: Base, action: Action) -> None:
    """The stamp decides; where there is none, what the row itself shows."""
    assert plan(INVOICES, remote, LocalSide(A), base, BOTH) == action


def test_an_edit_is_never_written_from_a_row() -> None:
    """Even under the stamp that we know: what leaves is held against Zoho's detail first."""
    row = RemoteSide("7", {}, "draft", 1, complete=False)
    assert plan(INVOICES, row, LocalSide(B), BASE["A"], BOTH) == ReadFirst()
    assert plan(INVOICES, row, LocalSide(A, wishes=("send",)), BASE["A"], BOTH) == ReadFirst()


def test_a_row_that_shows_an_agreement_is_read() -> None:
    """Both seem to have changed to the same: only the detail shows whether that is all."""
    remote = RemoteSide("7", B, "draft", None, complete=False)
    # Our side is changed, so that reading comes first in any case.
    assert plan(INVOICES, remote, LocalSide(B), Base(A, A), BOTH) == ReadFirst()
    # Ours was in the base already in that form; only Zoho's copy came to say it.
    assert plan(INVOICES, remote, LocalSide(B), Base(B, A), BOTH) == ReadFirst()


# -- decisions --------------------------------------------------------------------------------------------------------


@given(remotes, locals_, st.none() | bases)
def test_keeping_ours_ends_the_conflict(remote: RemoteSide, local: LocalSide, base: Base | None) -> None:
    """After a person kept our side of all that clashed, the next plan is no conflict, and it sends what was kept."""
    local = replace(local, unresolved=())
    remote = replace(remote, complete=True)
    action = plan(INVOICES, remote, local, base, BOTH)
    assume(isinstance(action, Conflict))
    assert isinstance(action, Conflict)
    names = [field.name for field in action.fields]
    after = plan(INVOICES, remote, local, seen(base, local, remote, names), BOTH)
    assert not isinstance(after, Conflict)
    if any(name in local.fields for name in names):
        assert isinstance(after, Update | Merge)
    if RECORD in names:
        assert after == Delete()


def test_a_module_takes_only_its_own_wishes() -> None:
    """Contacts are switched on and off; they are never voided."""

    def wish(name: str, where: Module) -> Action:
        return plan(where, RemoteSide("7", {}, "active"), LocalSide({}, wishes=(name,)), Base({}, {}, "active"), BOTH)

    assert wish("deactivate", CONTACTS) == StatusAction("inactive", "deactivate")
    assert wish("activate", CONTACTS) == Nothing(fulfilled=("activate",))
    assert _refused(wish("void", CONTACTS)).cause == Cause.VALIDATION
