"""Tunnel (c): the pull relay, against servers that behave as the real ones do."""

from __future__ import annotations

import base64
import json
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zbdesk.app.relay_intake import RelayIntake
from zbdesk.store import inbox
from zbdesk.webhooks.roundtrip import Leg, LegState, Way, WayTester
from zbdesk.webhooks.signature import HEADER, sign
from zbdesk.webhooks.tunnels.base import TunnelState
from zbdesk.webhooks.tunnels.relay import Forwarded, PullRelay, RelayFormat, Unreadable, read_event, write_event

from .parts import CLOCK, SECRET, Near, Statuses, client, event, near_end, send, until
from .relays import Relay
from .test_tunnel_managed import Hasty

pytestmark = pytest.mark.anyio


@dataclass
class Way3:
    """A relay, a subscriber and the listener behind it."""

    near: Near
    relay: Relay
    http: httpx.AsyncClient
    told: Statuses = field(default_factory=Statuses)
    positions: list[str] = field(default_factory=list)

    def subscriber(self, kind: RelayFormat, **changes: object) -> PullRelay:
        """A tunnel of this way."""
        values: dict[str, object] = {
            "http": self.http,
            "intake": RelayIntake(self.near.intake, CLOCK),
            "clock": Hasty(),
            "rng": random.Random(5),
            "tell": self.told,
            "position": self.positions[-1] if self.positions else "",
            "keep_position": self.positions.append,
        }
        return PullRelay(self.relay.channel, kind, **(values | changes))  # type: ignore[arg-type]


@pytest.fixture
async def own(tmp_path: Path) -> AsyncIterator[Way3]:
    """A relay of our own format."""
    async with near_end(tmp_path) as near, client() as http:
        relay = Relay(history=True)
        await relay.start()
        yield Way3(near, relay, http)
        await relay.stop()


@pytest.fixture
async def smee(tmp_path: Path) -> AsyncIterator[Way3]:
    """A relay like smee.io."""
    async with near_end(tmp_path) as near, client() as http:
        relay = Relay(history=False)
        await relay.start()
        yield Way3(near, relay, http)
        await relay.stop()


async def test_signatures_hold_through_our_own_relay(own: Way3) -> None:
    """Bodies come out byte for byte; a forged one is refused at this end as it would be at the listener."""
    tunnel = own.subscriber(RelayFormat.ZBDESK)
    await tunnel.start()
    await until(lambda: tunnel.status.state is TunnelState.UP)
    assert tunnel.status.public_url == own.relay.channel
    assert tunnel.status.signed
    sent = [event(1), event(2, 900_000)]
    for body in sent:
        await send(own.http, own.relay.channel, body)
    await send(own.http, own.relay.channel, event(3), secret="another1secret99")
    await send(own.http, own.relay.channel, event(4))
    await until(lambda: len(own.near.bodies()) == 3)
    await tunnel.stop()
    assert own.near.bodies() == [*sent, event(4)]
    assert own.near.verified() == [True, True, True]
    assert own.near.judged == [True, True, False, True]
    assert [view.via for view in inbox.events(own.near.db, own.near.connection.id)] == ["relay"] * 3


async def test_what_came_while_nobody_listened_is_caught_up_on(own: Way3) -> None:
    """After a cut, and after a restart of the program, the relay goes on behind the last event taken."""
    tunnel = own.subscriber(RelayFormat.ZBDESK)
    await tunnel.start()
    await until(lambda: tunnel.status.state is TunnelState.UP)
    await send(own.http, own.relay.channel, event(1))
    await until(lambda: own.positions[-1:] == ["1"])
    own.relay.cut()
    await send(own.http, own.relay.channel, event(2))
    await until(lambda: own.positions[-1:] == ["2"])
    await tunnel.stop()
    await send(own.http, own.relay.channel, event(3))
    later = own.subscriber(RelayFormat.ZBDESK)
    await later.start()
    await until(lambda: own.positions[-1:] == ["3"])
    await later.stop()
    assert own.near.bodies() == [event(1), event(2), event(3)]
    assert own.relay.asked_from[0] is None
    assert own.relay.asked_from[-1] == "2"


async def test_an_event_that_the_listener_did_not_take_comes_again(own: Way3) -> None:
    """The position moves only past what was stored: a full disk loses nothing."""
    failures = [503, 503]

    class Full(RelayIntake):
        async def request(self, forwarded: Forwarded) -> int:
            return failures.pop() if failures else await super().request(forwarded)

    tunnel = own.subscriber(RelayFormat.ZBDESK, intake=Full(own.near.intake, CLOCK))
    await tunnel.start()
    await until(lambda: tunnel.status.state is TunnelState.UP)
    await send(own.http, own.relay.channel, event(1))
    await until(lambda: own.near.bodies() == [event(1)])
    await tunnel.stop()
    assert any(status.sentence == "The listener on this computer does not answer." for status in own.told)


async def test_a_relay_that_goes_away_is_asked_again(own: Way3) -> None:
    """The relay restarts: the loss is told, and the next connection comes by itself."""
    tunnel = own.subscriber(RelayFormat.ZBDESK)
    await tunnel.start()
    await until(lambda: tunnel.status.state is TunnelState.UP)
    await own.relay.stop()
    await until(lambda: tunnel.status.sentence == "The relay cannot be reached.")
    await own.relay.start()
    await until(lambda: tunnel.status.state is TunnelState.UP)
    assert tunnel.status.restarts >= 1
    await tunnel.stop()


async def test_a_stream_that_falls_silent_counts_as_lost(own: Way3) -> None:
    """Without a sign of life in time the connection is made anew: a dead line looks like a quiet one."""
    own.relay.ping = 0
    tunnel = own.subscriber(RelayFormat.ZBDESK, heartbeat=0.2)
    await tunnel.start()
    await until(lambda: any(status.sentence == "The relay has fallen silent." for status in own.told))
    await until(lambda: len(own.relay.asked_from) >= 2)
    await tunnel.stop()


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (404, "The relay refuses the channel (404)."),
        (302, "The relay sends us to another address."),
        (503, "The relay is in trouble (503)."),
        ("page", "The relay's address leads to an ordinary page."),
    ],
)
async def test_what_is_wrong_with_a_channel_is_said(own: Way3, fault: int | str, sentence: str) -> None:
    """A wrong address, a refusal and trouble at the relay are told apart."""
    own.relay.refuse = fault if isinstance(fault, int) else None
    own.relay.as_page = fault == "page"
    tunnel = own.subscriber(RelayFormat.ZBDESK)
    await tunnel.start()
    await until(lambda: tunnel.status.state is TunnelState.BROKEN)
    assert tunnel.status.sentence == sentence
    assert tunnel.status.remedy
    await tunnel.stop()


@pytest.mark.logs("an event cannot be read")
async def test_nonsense_in_the_stream_is_passed_over(own: Way3) -> None:
    """One event that cannot be read does not stop those behind it."""
    tunnel = own.subscriber(RelayFormat.ZBDESK)
    await tunnel.start()
    await until(lambda: tunnel.status.state is TunnelState.UP)
    for text in ("data: no json\n\n", 'data: {"body": 5}\n\n', "data: []\n\n", 'data: {"body":"&&","headers":{}}\n\n'):
        own.relay.push(text)
    await send(own.http, own.relay.channel, event(1))
    await until(lambda: own.near.bodies() == [event(1)])
    await tunnel.stop()


async def test_an_event_without_an_end_does_not_fill_the_memory(own: Way3) -> None:
    """A relay that sends one endless line is left, not read to the end."""
    tunnel = own.subscriber(RelayFormat.ZBDESK)
    await tunnel.start()
    await until(lambda: tunnel.status.state is TunnelState.UP)
    for _ in range(6):
        own.relay.push("data: " + "x" * 1_000_000)
    await until(lambda: tunnel.status.state is TunnelState.BROKEN)
    await tunnel.stop()


async def test_smee_events_are_hints_and_never_verified(smee: Way3) -> None:
    """Smee writes the body anew; what comes out points at a record, and is not taken for signed."""
    tunnel = smee.subscriber(RelayFormat.SMEE)
    await tunnel.start()
    await until(lambda: tunnel.status.state is TunnelState.UP)
    assert not tunnel.status.signed
    assert "hints only" in tunnel.status.sentence
    await send(smee.http, smee.relay.channel, event(7))
    await until(lambda: len(smee.near.bodies()) == 1)
    await tunnel.stop()
    (view,) = inbox.events(smee.near.db, smee.near.connection.id)
    assert (view.module, view.remote_id, view.verified) == ("invoices", "982000000560007", False)
    assert smee.near.bodies() != [event(7)]
    assert smee.positions == []


async def test_a_flood_of_hints_does_not_use_up_the_days_calls(smee: Way3) -> None:
    """Anybody who knows the channel can send: beyond a bound, hints are let go and polling does the rest."""
    intake = RelayIntake(smee.near.intake, CLOCK)
    for number in range(200):
        await intake.hint(Forwarded("POST", "", (), event(number)))
    assert 60 <= len(smee.near.bodies()) <= 62
    assert intake.dropped >= 138


async def test_even_a_right_signature_does_not_verify_through_smee(smee: Way3) -> None:
    """A body that survives the rewriting by luck is a hint all the same: the relay's word is not Zoho's."""
    tunnel = smee.subscriber(RelayFormat.SMEE)
    await tunnel.start()
    await until(lambda: tunnel.status.state is TunnelState.UP)
    await send(smee.http, smee.relay.channel, b'{"invoice": {"invoice_id": "9"}}')
    await until(lambda: len(smee.near.bodies()) == 1)
    await tunnel.stop()
    assert smee.near.verified() == [False]


async def test_the_round_trip_goes_through_a_relay(own: Way3) -> None:
    """The question is sent to the channel and comes out of it; nothing of it is stored."""
    tunnel = own.subscriber(RelayFormat.ZBDESK)
    await tunnel.start()
    await until(lambda: tunnel.status.state is TunnelState.UP)
    numbers = iter(range(100))
    tester = WayTester(own.http, clock=CLOCK, nonce=lambda: f"n{next(numbers)}", patience=1.0)
    way = Way(own.relay.channel, own.near.listener.local_url, SECRET, arrival=tunnel.expect)
    good = await tester.test(way)
    await tunnel.stop()
    lost = await tester.test(way)
    assert good.ok
    assert [leg.state for leg in good.legs] == [LegState.OK] * 5
    assert own.near.bodies() == []
    assert (lost.ok, lost.leg) == (False, Leg.TUNNEL)
    assert lost.sentence == "The relay took the question, and it did not come out of the channel."


async def test_the_round_trip_through_smee_says_that_signatures_cannot_hold(smee: Way3) -> None:
    """The way is open, and what it is worth is said."""
    tunnel = smee.subscriber(RelayFormat.SMEE)
    await tunnel.start()
    await until(lambda: tunnel.status.state is TunnelState.UP)
    tester = WayTester(smee.http, clock=CLOCK, nonce=iter("abcdef").__next__, patience=1.0)
    url = smee.near.listener.local_url
    found = await tester.test(Way(smee.relay.channel, url, SECRET, signed=False, arrival=tunnel.expect))
    await tunnel.stop()
    assert found.ok
    assert found.legs[4].state is LegState.UNTESTED
    assert "hints only" in found.sentence


@given(
    body=st.binary(max_size=200),
    query=st.text(alphabet="abc=&%20+", max_size=20),
    method=st.sampled_from(["POST", "PUT"]),
)
def test_our_format_carries_any_request_unharmed(body: bytes, query: str, method: str) -> None:
    """Whatever bytes Zoho signs, the same bytes are checked."""
    signature = sign(SECRET, (), None, body)
    headers = (("content-type", "application/json"), (HEADER.lower(), signature), ("cookie", "dropped"))
    found = read_event(write_event(Forwarded(method, query, headers, body)), RelayFormat.ZBDESK)
    assert (found.body, found.query, found.method) == (body, query, method)
    assert found.headers == headers[:2]


@given(st.text(max_size=80))
def test_no_event_data_can_break_the_reader(data: str) -> None:
    """What a relay sends is read or refused by name, in both formats."""
    for kind in RelayFormat:
        try:
            found = read_event(data, kind)
        except Unreadable:
            continue
        assert isinstance(found.body, bytes)


def test_headers_of_a_relay_cannot_carry_lines() -> None:
    """A header with a line break would become two on the way to the listener."""
    body = base64.b64encode(b"{}").decode()
    data = json.dumps({"method": "GET", "headers": {"Content-Type": "a\r\nHost: x", "X-Other": "1"}, "body": body})
    found = read_event(data, RelayFormat.ZBDESK)
    assert found.headers == ()
    assert found.method == "POST"
