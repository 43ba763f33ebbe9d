"""Who may ask a listener: names, pace, size, time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zbdesk.web.guard import (
    MOST_SOURCES,
    Gone,
    Rate,
    TooLarge,
    TooSlow,
    discard,
    host_name,
    is_own_host,
    read_body,
)

Receive = Callable[[], Coroutine[Any, Any, dict[str, Any]]]


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (b"localhost", "localhost"),
        (b"LOCALHOST:8971", "localhost"),
        (b"127.0.0.1:1", "127.0.0.1"),
        (b"[::1]:8971", "::1"),
        (b"hooks.example.com", "hooks.example.com"),
        (b"user@evil", None),
        (b"", None),
        (None, None),
        (b"[::1", None),
        ("bücher.example".encode(), None),
    ],
)
def test_the_name_in_a_host_header(header: bytes | None, name: str | None) -> None:
    """Without port and in small letters; what cannot be read is no name."""
    assert host_name(header) == name


def test_only_own_names_are_answered() -> None:
    """Loopback's names and the public ones, and nothing that begins or ends like them."""
    public = {"hooks.example.com"}
    assert all(is_own_host(one) for one in (b"localhost:80", b"127.0.0.1", b"[::1]"))
    assert is_own_host(b"Hooks.Example.com:443", public)
    for other in (b"hooks.example.com", b"localhost.evil", b"127.0.0.1.evil", b"0.0.0.0", b"", None):
        assert not is_own_host(other)
    assert not is_own_host(b"x.hooks.example.com", public)


@given(st.binary(max_size=30))
def test_any_host_header_is_judged(header: bytes) -> None:
    """Whatever stands there, the answer is yes or no."""
    assert is_own_host(header) in {True, False}


def test_a_pace_with_bursts() -> None:
    """So many at once, then as many as time brings back, each source for itself."""
    rate = Rate(2.0, 3.0)
    assert [rate.allows("a", 0.0) for _ in range(4)] == [True, True, True, False]
    assert rate.allows("b", 0.0)
    assert not rate.allows("a", 0.4)
    assert rate.allows("a", 0.6)
    assert [rate.allows("a", 100.0) for _ in range(4)] == [True, True, True, False]


def test_countless_sources_do_not_fill_the_memory() -> None:
    """The one that was quiet longest is forgotten."""
    rate = Rate(0.001, 1.0)
    for number in range(3 * MOST_SOURCES):
        rate.allows(str(number), 0.0)
    assert len(rate._sources) == MOST_SOURCES


def coming(*parts: bytes, ends: str = "whole") -> Receive:
    """A body in parts; then its end, silence, or a hang-up."""
    left = list(parts)

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(0)
        if left:
            part = left.pop(0)
            return {"type": "http.request", "body": part, "more_body": bool(left) or ends != "whole"}
        if ends == "gone":
            return {"type": "http.disconnect"}
        await asyncio.Event().wait()
        raise AssertionError

    return receive


@pytest.mark.anyio
async def test_a_body_is_read_whole() -> None:
    """Byte for byte, up to the limit."""
    assert await read_body(coming(b"ab", b"", b"c"), None, most=3, seconds=1) == b"abc"
    assert await read_body(coming(b""), b"0", most=3, seconds=1) == b""


@pytest.mark.anyio
async def test_too_much_is_known_as_early_as_can_be() -> None:
    """By what was declared, without reading; else by the first byte too many."""
    with pytest.raises(TooLarge):
        await read_body(coming(ends="silence"), b"4", most=3, seconds=1)
    with pytest.raises(TooLarge):
        await read_body(coming(b"ab", b"cd", ends="silence"), b"nonsense", most=3, seconds=1)


@pytest.mark.anyio
async def test_too_slow_and_gone_are_told_apart() -> None:
    """One can be answered, the other not."""
    with pytest.raises(TooSlow):
        await read_body(coming(b"a", ends="silence"), None, most=3, seconds=0.01)
    with pytest.raises(Gone):
        await read_body(coming(b"a", ends="gone"), None, most=3, seconds=1)


@pytest.mark.anyio
@pytest.mark.parametrize("ends", ["whole", "gone", "silence"])
async def test_what_is_too_much_is_read_away(ends: str) -> None:
    """To its end, to a hang-up, or for a while; never without end."""
    await discard(coming(*[b"x" * 10] * 5, ends=ends), most=1_000, seconds=0.01)
    await discard(coming(*[b"x" * 10] * 5, ends=ends), most=20, seconds=5)
