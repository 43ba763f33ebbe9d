"""The signature of webhooks: known vectors, and what must hold for all others."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zbdesk.webhooks.signature import HEADER, MOST_PAIRS, pairs, sign, text_to_sign, verify

SECRET = "zbdesk1secret2026"

VECTORS = [
    pytest.param(
        b"subscription_id=90343&name=basic",
        False,
        b'{"created_date":"2019-03-06","event_id":"5675"}',
        b'namebasicsubscription_id90343{"created_date":"2019-03-06","event_id":"5675"}',
        "711e1c0da6a192e7d4b8de87549031cc86e1df8e9d1e21a76f99e8d6b6ff6335",
        id="json and query",
    ),
    pytest.param(
        b"",
        False,
        b'{"invoice":{"invoice_id":"982000000567114","invoice_number":"INV-00042","status":"paid","total":100.50}}',
        b'{"invoice":{"invoice_id":"982000000567114","invoice_number":"INV-00042","status":"paid","total":100.50}}',
        "56fd98c4132b5391570f6f5c575befb9e3ea41fb276533b9058f7ada4340d9b2",
        id="json",
    ),
    pytest.param(
        b"src=zb&org=10234695",
        True,
        b"customer_name=Bowman+%26+Co&amount=12.50&note=caf%C3%A9",
        "amount12.50customer_nameBowman & Conotecaféorg10234695srczb".encode(),
        "cc8124f0086bb48a6e236688bb89634461d964c79142846767379e2587a815da",
        id="form and query",
    ),
    pytest.param(
        b"t=9f3a",
        False,
        '{"contact":{"contact_id":"98200001","contact_name":"Müller GmbH"}}'.encode(),
        't9f3a{"contact":{"contact_id":"98200001","contact_name":"Müller GmbH"}}'.encode(),
        "121a64071819a24fa13503d9888401cd2d5ee772d3c79bcf10b93ed19b7051bd",
        id="other letters",
    ),
]

secrets = st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=12, max_size=50)
some_pairs = st.lists(st.tuples(st.binary(max_size=6), st.binary(max_size=6)), max_size=5)


@pytest.mark.parametrize(("query", "is_form", "body", "text", "expected"), VECTORS)
def test_a_known_request_has_its_known_signature(
    query: bytes, is_form: bool, body: bytes, text: bytes, expected: str
) -> None:
    """What is signed and the digest are Zoho's, to the byte."""
    form = pairs(body) if is_form else None
    assert text_to_sign(pairs(query), form, body) == text
    assert sign(SECRET, pairs(query), form, body) == expected
    assert verify(expected.encode(), [SECRET], pairs(query), form, body)


def test_the_header_has_zohos_name() -> None:
    """The signature is looked for where Zoho puts it."""
    assert HEADER == "X-Zoho-Webhook-Signature"


def test_an_empty_value_counts() -> None:
    """A pair without a value is signed by its key alone, and is not dropped."""
    assert pairs(b"b=&a=1&c") == [(b"b", b""), (b"a", b"1"), (b"c", b"")]
    assert text_to_sign(pairs(b"b=&a=1"), None, b"x") == b"a1bx"


def test_pairs_of_one_key_keep_their_order() -> None:
    """Values of a repeated key are not sorted among themselves."""
    assert text_to_sign([(b"k", b"2"), (b"a", b"0"), (b"k", b"1")], None, b"") == b"a0k2k1"


def test_query_and_form_sort_together() -> None:
    """The pairs of both places are one list."""
    assert text_to_sign([(b"b", b"1")], [(b"a", b"2"), (b"c", b"3")], b"a=2&c=3") == b"a2b1c3"


def test_an_empty_form_adds_nothing() -> None:
    """A form without pairs is still a form: its bytes are not signed as well."""
    assert text_to_sign([], [], b"&&") == b""


def test_as_many_pairs_as_allowed_and_no_more() -> None:
    """A body of countless pairs is refused before they are taken apart."""
    assert len(pairs(b"&".join([b"a=1"] * MOST_PAIRS))) == MOST_PAIRS == 2_000
    with pytest.raises(ValueError, match="fields"):
        pairs(b"&".join([b"a=1"] * (MOST_PAIRS + 1)))


@given(secrets, some_pairs, st.none() | some_pairs, st.binary(max_size=50))
def test_a_signature_is_right_in_each_way_of_writing_it(
    secret: str, query: list[tuple[bytes, bytes]], form: list[tuple[bytes, bytes]] | None, raw: bytes
) -> None:
    """Hexadecimal in both cases and Base64 are accepted, and nothing shorter or longer."""
    right = sign(secret, query, form, raw)
    based = base64.b64encode(bytes.fromhex(right))
    for given_text in (right.encode(), right.upper().encode(), based):
        assert verify(given_text, [secret], query, form, raw)
        assert not verify(given_text + b" ", [secret], query, form, raw)
        assert not verify(given_text[:-1], [secret], query, form, raw)
    assert right == right.lower()
    if based.swapcase() != based:
        assert not verify(based.swapcase(), [secret], query, form, raw)


@given(secrets, secrets, st.binary(max_size=50))
def test_another_secret_is_not_accepted(secret: str, other: str, raw: bytes) -> None:
    """Only the secret that signed it proves a message; the order of secrets is of no importance."""
    right = sign(secret, [], None, raw).encode()
    assert verify(right, [other], [], None, raw) == (secret == other)
    assert verify(right, [other, secret], [], None, raw)
    assert verify(right, [secret, other], [], None, raw)


@given(secrets, st.binary(max_size=50), st.binary(min_size=1, max_size=5))
def test_one_more_byte_is_another_message(secret: str, raw: bytes, more: bytes) -> None:
    """A changed body is refused."""
    assert not verify(sign(secret, [], None, raw).encode(), [secret], [], None, raw + more)


@pytest.mark.parametrize("given_text", [None, b"", b"0" * 64, b"\xff\xfe", "é".encode()])
def test_no_or_a_senseless_signature_is_refused(given_text: bytes | None) -> None:
    """A missing header, an empty one and odd bytes are wrong, not an error."""
    assert verify(given_text, [SECRET], [], None, b"{}") is False


def test_without_a_secret_nothing_is_right() -> None:
    """An empty secret is no secret: whoever knows that would pass."""
    assert verify(sign("", [], None, b"{}").encode(), [""], [], None, b"{}") is False
    assert verify(sign(SECRET, [], None, b"{}").encode(), [], [], None, b"{}") is False
    assert verify(sign(SECRET, [], None, b"{}").encode(), ["", SECRET], [], None, b"{}") is True
