"""Three-way merge of fields, and what counts as the same."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given

from sync.planning import LINE, OTHER_LINE, fields
from zbdesk.domain.canonical import FieldValue, field_value
from zbdesk.sync.actions import RECORD, STATUS, Base, ClashingField, LocalSide, RemoteSide, value_text
from zbdesk.sync.merge import (
    Merged,
    adopted_base,
    differing,
    local_changed,
    matches,
    merge,
    remote_differs,
    same,
    seen,
)


@given(fields(whole=True), fields(whole=True), fields(whole=True))
def test_merge_is_symmetric(
    base: dict[str, FieldValue], one: dict[str, FieldValue], other: dict[str, FieldValue]
) -> None:
    """It does not matter which side is called local: the same fields travel the other way, the same ones clash."""
    here, there = merge(Base(base, base), one, other), merge(Base(base, base), other, one)
    assert here.to_remote == there.to_local
    assert here.to_local == there.to_remote
    assert here.settled == there.settled
    assert [(f.name, f.base, f.local, f.remote) for f in here.clashes] == [
        (f.name, f.base, f.remote, f.local) for f in there.clashes
    ]


@given(fields(), fields(), fields(), fields())
def test_merge_loses_nothing(
    agreed_here: dict[str, FieldValue],
    agreed_there: dict[str, FieldValue],
    local: dict[str, FieldValue],
    remote: dict[str, FieldValue],
) -> None:
    """Each field goes one way or clashes, never two of them; what travels is the value of the side that it leaves."""
    merged = merge(Base(agreed_here, agreed_there), local, remote)
    clashing = {field.name for field in merged.clashes}
    assert not merged.to_remote.keys() & merged.to_local.keys()
    assert not clashing & (merged.to_remote.keys() | merged.to_local.keys())
    assert all(local[name] is value for name, value in merged.to_remote.items())
    assert all(remote[name] == value for name, value in merged.to_local.items())
    for name in local.keys() & agreed_here.keys():
        if not same(local[name], agreed_here[name]) and not matches(name, local[name], remote.get(name)):
            assert name in merged.to_remote.keys() | clashing


def test_each_way_of_a_field() -> None:
    """Changed here, changed there, on both sides alike, on both sides differently, and not at all."""
    base = {"a": "0", "b": "0", "c": "0", "d": "0", "e": "0"}
    merged = merge(Base(base, base), {**base, "a": "1", "c": "2", "d": "3"}, {**base, "b": "1", "c": "2", "d": "4"})
    assert merged == Merged({"a": "1"}, {"b": "1"}, (ClashingField("d", "0", "3", "4"),), settled=True)


def test_absent_fields_are_left_alone() -> None:
    """A field that our side no longer names is not cleared in Zoho, and one that Zoho does not name not here."""
    base = Base({"notes": "a", "terms": "t"}, {"notes": "a", "terms": "t"})
    assert merge(base, {"terms": "t"}, {"notes": "a"}) == Merged({}, {})
    assert merge(base, {"terms": "t"}, {"notes": "b"}) == Merged({}, {"notes": "b"})
    assert merge(base, {"notes": None}, {"notes": "a"}) == Merged({"notes": None}, {})
    assert merge(base, {"notes": "a"}, {"notes": None}) == Merged({}, {"notes": None})


def test_zohos_own_way_of_writing_is_no_change() -> None:
    """What Zoho made of a value when both agreed is compared with what it says now, not with ours."""
    base = Base({"notes": "acme"}, {"notes": "ACME"})
    assert merge(base, {"notes": "acme"}, {"notes": "ACME"}) == Merged({}, {})
    assert merge(base, {"notes": "ACME"}, {"notes": "ACME"}) == Merged({}, {}, settled=True)
    assert merge(base, {"notes": "new"}, {"notes": "ACME"}) == Merged({"notes": "new"}, {})


def test_fields_that_came_later() -> None:
    """A field named for the first time is held against what Zoho had at the agreement."""
    base = Base({}, {"notes": "old"})
    assert merge(base, {"notes": "new"}, {"notes": "old"}) == Merged({"notes": "new"}, {})
    assert merge(base, {"notes": "old"}, {"notes": "theirs"}) == Merged({}, {"notes": "theirs"})
    clash = ClashingField("notes", "old", "new", "theirs")
    assert merge(base, {"notes": "new"}, {"notes": "theirs"}) == Merged({}, {}, (clash,))
    # A base that was made from less than the detail: ours of then stands for theirs.
    assert merge(Base({"notes": "a"}, {}), {"notes": "a"}, {"notes": "a"}) == Merged({}, {})
    assert merge(Base({"notes": "a"}, {}), {"notes": "a"}, {"notes": "b"}) == Merged({}, {"notes": "b"})


def test_custom_fields_of_others_are_not_ours() -> None:
    """Only those that our side names are compared and taken over."""
    ours = {"custom_fields": (("cf_1", "a"),)}
    base = Base(ours, {"custom_fields": (("cf_1", "a"), ("cf_2", "x"))})
    assert merge(base, ours, {"custom_fields": (("cf_1", "a"), ("cf_2", "y"))}) == Merged({}, {})
    changed = merge(base, ours, {"custom_fields": (("cf_1", "b"), ("cf_2", "y"))})
    assert changed == Merged({}, {"custom_fields": (("cf_1", "b"),)})
    assert merge(base, ours, {"custom_fields": (("cf_2", "y"),)}) == Merged({}, {"custom_fields": None})
    dropped = merge(base, {}, {"custom_fields": (("cf_1", "b"), ("cf_3", "y"))})
    assert dropped == Merged({}, {"custom_fields": (("cf_1", "b"),)})


def test_a_custom_field_named_only_now_is_ours_too() -> None:
    """Our side begins to name a field that somebody in Zoho has just changed: a question, not an overwriting."""
    base = Base({"custom_fields": (("cf_1", "a"),)}, {"custom_fields": (("cf_1", "a"), ("cf_2", "x"))})
    ours, theirs = (("cf_1", "a"), ("cf_2", "ours")), (("cf_1", "a"), ("cf_2", "theirs"))
    clash = ClashingField("custom_fields", (("cf_1", "a"),), ours, theirs)
    assert merge(base, {"custom_fields": ours}, {"custom_fields": theirs}) == Merged({}, {}, (clash,))


def test_what_our_side_took_out_is_not_settled_by_anothers_edit() -> None:
    """We take the discount out of a line while somebody there changes its unit: the discount still stands there."""
    before, ours = _lines({"name": "a", "discount": "5"}), _lines({"name": "a"})
    theirs = _lines({"name": "a", "discount": "5", "unit": "box"})
    merged = merge(Base({"line_items": before}, {"line_items": before}), {"line_items": ours}, {"line_items": theirs})
    assert merged == Merged({}, {}, (ClashingField("line_items", before, ours, theirs),))


def test_lines_in_another_order_are_other_lines() -> None:
    """The order of lines is part of what both sides say, however the question is asked."""
    one, turned = _lines({"name": "a"}, {"name": "b"}), _lines({"name": "b"}, {"name": "a"})
    old = _lines({"name": "old"})
    clash = ClashingField("line_items", old, one, turned)
    merged = merge(Base({"line_items": old}, {"line_items": old}), {"line_items": one}, {"line_items": turned})
    assert merged == Merged({}, {}, (clash,))
    assert local_changed(Base({}, {"line_items": turned}), {"line_items": one}, "line_items")
    assert differing({"line_items": one}, {"line_items": turned}) == ("line_items",)
    poor = Base({"line_items": one}, {})
    assert merge(poor, {"line_items": one}, {"line_items": turned}) == Merged({}, {"line_items": turned})


def test_a_question_shows_what_our_side_agreed_to() -> None:
    """Where Zoho writes a value its own way, the person sees ours of then, not Zoho's spelling of it."""
    base = Base({"notes": "acme"}, {"notes": "ACME"})
    merged = merge(base, {"notes": "ours"}, {"notes": "theirs"})
    assert merged.clashes == (ClashingField("notes", "acme", "ours", "theirs"),)


def test_winners() -> None:
    """“Always” decides a clash and nothing else."""
    base = Base({"a": "0"}, {"a": "0"})
    assert merge(base, {"a": "1"}, {"a": "2"}, {"a": "local"}) == Merged({"a": "1"}, {})
    assert merge(base, {"a": "1"}, {"a": "2"}, {"a": "remote"}) == Merged({}, {"a": "2"})
    assert merge(base, {"a": "0"}, {"a": "2"}, {"a": "local"}) == Merged({}, {"a": "2"})
    assert merge(base, {"a": "1"}, {"a": "0"}, {"a": "remote"}) == Merged({"a": "1"}, {})


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        (Decimal("5.00"), Decimal(5), True),
        (Decimal(0), None, True),
        (False, None, True),
        (None, None, True),
        (True, None, False),
        ("", None, False),  # canonical text is never blank
        (date(2026, 1, 2), date(2026, 1, 2), True),
        (date(2026, 1, 2), "2026-01-02", False),
        ("12.5%", "12.50 %", True),
        ("12.5%", "12.4%", False),
        ("x%", "y%", False),
        ("12.5", "12.50", False),
        ("12", "13", False),  # only a percentage loses its last sign
        ("12.5%", Decimal("12.5"), False),
        ((), None, False),
    ],
)
def test_same(one: FieldValue, other: FieldValue, equal: bool) -> None:
    """Equal by meaning, whichever stands first."""
    assert same(one, other) is equal
    assert same(other, one) is equal


def _lines(*lines: dict[str, object]) -> FieldValue:
    return field_value("line_items", lines)


@pytest.mark.parametrize(
    ("local", "remote", "before", "fits"),
    [
        # Zoho adds the account and the item's text: not ours to compare.
        (_lines({"name": "a"}), _lines({"name": "a", "account_id": "1"}), None, True),
        (_lines({"name": "a", "account_id": "2"}), _lines({"name": "a", "account_id": "1"}), None, False),
        (_lines({"name": "a", "account_id": "2"}), _lines({"name": "a"}), None, False),
        # Order and number of lines count.
        (_lines({"name": "a"}, {"name": "b"}), _lines({"name": "b"}, {"name": "a"}), None, False),
        (_lines({"name": "a"}), _lines({"name": "a"}, {"name": "b"}), None, False),
        (_lines({"name": "a"}, {"name": "b"}), _lines({"name": "a"}), None, False),
        # A part that we named before and no longer do must be empty there.
        (
            _lines({"name": "a"}),
            _lines({"name": "a", "discount": "5"}),
            _lines({"name": "a", "discount": "5"}),
            False,
        ),
        (
            _lines({"name": "a"}),
            _lines({"name": "a", "discount": "0"}),
            _lines({"name": "a", "discount": "5"}),
            True,
        ),
        # More lines than before, fewer than before.
        (_lines({"name": "a"}, {"name": "b"}), _lines({"name": "a"}, {"name": "b", "unit": "x"}), _lines({}), True),
        (_lines({"name": "a"}), _lines({"name": "a", "unit": "x"}), _lines({"name": "a"}, {"unit": "x"}), True),
        (None, _lines({"name": "a"}), None, False),
        (_lines({"name": "a"}), None, None, False),
        (_lines({"name": "a"}), "a", None, False),
        ("a", _lines({"name": "a"}), None, False),
    ],
)
def test_lines_match(local: FieldValue, remote: FieldValue, before: FieldValue, fits: bool) -> None:
    """Our lines are kept there if each in its place says all that we said."""
    assert matches("line_items", local, remote, before) is fits


@pytest.mark.parametrize("other", [("1",), ("1", "2"), "1", Decimal(1)])
def test_an_object_is_no_list(other: FieldValue) -> None:
    """Values of two kinds never mean the same, not even where they have nothing to compare."""
    for members in ((("a", "1"),), (("a", None),)):
        assert not matches("x", members, other)
        assert not matches("x", other, members)


def test_persons_match_in_any_order() -> None:
    """Contact persons are a set; the one with most to say finds its partner first."""
    ours = field_value("contact_persons", [{"first_name": "Ann"}, {"first_name": "Ann", "email": "a@x"}])
    theirs = field_value(
        "contact_persons", [{"first_name": "Ann", "email": "a@x", "phone": "1"}, {"first_name": "Ann", "email": "b@x"}]
    )
    assert matches("contact_persons", ours, theirs)
    other = field_value("contact_persons", [{"first_name": "Ann"}, {"first_name": "Ann", "email": "c@x"}])
    assert not matches("contact_persons", other, theirs)
    twice = field_value("contact_persons", [{"email": "a@x"}, {"email": "a@x"}])
    assert not matches("contact_persons", twice, theirs)


def test_a_vague_person_leaves_the_others_their_partners() -> None:
    """Two persons share an address: whoever says less takes the one that is left, in whatever order all of them stand.

    A person known by e-mail alone once took the only partner of the one with a name; two equal contacts were a
    conflict, again and again.
    """
    vague, named = {"email": "a@x"}, {"email": "a@x", "first_name": "Ann"}
    ann, bob = {"email": "a@x", "first_name": "Ann", "phone": "1"}, {"email": "a@x", "first_name": "Bob"}
    nameless, only_name = {"email": "a@x", "phone": "2"}, {"first_name": "Ann"}
    for ours, theirs in (([vague, named], [ann, bob]), ([vague, only_name], [ann, nameless])):
        for first in (ours, ours[::-1]):
            for second in (theirs, theirs[::-1]):
                assert matches("contact_persons", _persons(*first), _persons(*second))
    assert not matches("contact_persons", _persons(only_name, only_name), _persons(ann, bob))


def _persons(*persons: dict[str, str]) -> FieldValue:
    return tuple(tuple(sorted(person.items())) for person in persons)


def test_addresses_match_by_member() -> None:
    """What Zoho adds to an address is its own; what we took out of it must be gone."""
    ours = field_value("billing_address", {"city": "Bonn"})
    theirs = field_value("billing_address", {"city": "Bonn", "country": "Germany"})
    assert matches("billing_address", ours, theirs)
    assert not matches("billing_address", theirs, ours)
    assert not matches("billing_address", ours, theirs, theirs)


def test_a_part_taken_out_deep_inside_must_be_gone_there() -> None:
    """The same rule one level down: the tag that our side took off a line still stands on Zoho's."""
    ours: FieldValue = (("line", (("name", "Seat"), ("tags", (("1", "North"),)))),)
    theirs: FieldValue = (("line", (("name", "Seat"), ("tags", (("1", "North"), ("2", "East"))))),)
    assert matches("x", ours, theirs)
    assert not matches("x", ours, theirs, theirs)


def test_a_base_of_another_kind_says_nothing() -> None:
    """What was a list at the agreement names no member of an object."""
    ours, theirs = (("a", "1"),), (("a", "1"), ("b", "2"))
    assert matches("x", ours, theirs, (("b", "9", "z"),))
    assert not matches("x", ours, theirs, (("b", "9"),))


def test_questions_about_changes() -> None:
    """What changed here, what changed there, and what differs at a first meeting."""
    base = Base({"notes": "a"}, {"notes": "a", "terms": "t"})
    assert not local_changed(base, {}, "notes")
    assert local_changed(base, {"notes": "b"}, "notes")
    assert not local_changed(base, {"terms": "t"}, "terms")
    assert local_changed(base, {"terms": "u"}, "terms")
    assert not remote_differs(base, {"notes": "a"})
    assert remote_differs(base, {"notes": "a", "terms": "u"})
    assert not remote_differs(base, {"discount": Decimal(0)})
    assert remote_differs(base, {"discount": Decimal(1)})
    assert differing({"b": "1", "a": "1", "x": "1"}, {"a": "2", "b": "2", "y": "2"}) == ("a", "b")
    assert differing({"line_items": (LINE,)}, {"line_items": (LINE, OTHER_LINE)}) == ("line_items",)
    assert differing({"a": "1"}, {"a": "1"}) == ()


def test_base_after_taking_over() -> None:
    """What was taken is agreed; our other edits are still edits."""
    remote = RemoteSide("7", {"a": "2", "b": "0"}, "sent", 9)
    base = adopted_base(Base({"a": "1", "b": "0"}, {"a": "1", "b": "0"}, "draft", 8), remote, {"a": "2"})
    assert base == Base({"a": "2", "b": "0"}, {"a": "2", "b": "0"}, "sent", 9)


def test_base_after_a_decision() -> None:
    """Only what was decided counts as known of Zoho's side."""
    base = Base({"a": "0", "b": "0"}, {"a": "0", "b": "0"}, "draft", 1)
    local = LocalSide({"a": "1", "b": "1", "c": "1"})
    remote = RemoteSide("7", {"a": "2", "b": "2"}, "void", 2)
    assert seen(base, local, remote, ["a"]) == Base(base.local, {"a": "2", "b": "0"}, "draft", 1)
    assert seen(base, local, remote, [STATUS]) == Base(base.local, base.remote, "void", 1)
    assert seen(base, local, remote, [RECORD]) == Base(base.local, remote.fields, "void", 2)
    first = seen(None, local, remote, ["a", "b"])
    assert first == Base({"a": "2", "b": "2", "c": "1"}, remote.fields, "void", 2)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, None),
        (True, "true"),
        (False, "false"),
        (Decimal("1E+3"), "1000"),
        (Decimal("12.50"), "12.50"),
        (date(2026, 11, 20), "2026-11-20"),
        ("a", "a"),
        ((LINE, OTHER_LINE), "name: Seat, rate: 40\nname: Desk, rate: 12.5"),
        ((("city", "Bonn"), ("zip", None)), "city: Bonn\nzip: "),
        (("1", "2"), "1\n2"),
        (((("name", "a"), ("tags", (("tag_id", "1"),))),), "name: a, tags, tag_id: 1"),
        ((None,), ""),
    ],
)
def test_values_as_text(value: FieldValue, text: str | None) -> None:
    """A conflict shows amounts with all digits, dates as Zoho writes them, lines one below another."""
    assert value_text(value) == text
