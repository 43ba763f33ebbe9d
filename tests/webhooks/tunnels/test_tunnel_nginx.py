"""Tunnel (a): the user's own address behind a real nginx with TLS, and each leg of the way broken in turn."""

from __future__ import annotations

import itertools
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from zbdesk.web.serving import Serving
from zbdesk.webhooks import challenge
from zbdesk.webhooks.roundtrip import Leg, LegState, RoundTrip, Way, WayTester
from zbdesk.webhooks.signature import HEADER
from zbdesk.webhooks.tunnels.own import OwnAddress

from .parts import CLOCK, NGINX, SECRET, Authority, Near, authority, client, event, near_end, nginx, passing, send

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.skipif(NGINX is None, reason="nginx is not installed: it stands for the user's reverse proxy"),
]


@pytest.fixture(scope="module")
def ca(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """The authority that the tests' clients trust."""
    return authority(tmp_path_factory.mktemp("ca"))


@pytest.fixture
async def near(tmp_path: Path) -> AsyncIterator[Near]:
    """The listener."""
    async with near_end(tmp_path) as made:
        yield made


async def went_round(near: Near, ca: Authority, public_url: str | None, **changes: object) -> RoundTrip:
    """One round-trip test."""
    numbers = itertools.count()
    async with client(ca.path) as http:
        tester = WayTester(http, clock=CLOCK, nonce=lambda: f"nonce{next(numbers)}", patience=3.0)
        return await tester.test(replace(Way(public_url, near.listener.local_url, SECRET), **changes))  # type: ignore[arg-type]


def public(near: Near, port: int, prefix: str = "") -> str:
    """The public address as the tunnel makes it from what a person pasted."""
    return OwnAddress(near.local, f"https://localhost:{port}{prefix}", clock=CLOCK)._public


async def test_signatures_survive_nginx_byte_for_byte(near: Near, ca: Authority, tmp_path: Path) -> None:
    """What Zoho signed is what the listener checks, also at 1 MB and through a proxy that buffers."""
    certificate, key = ca.issue(tmp_path, "localhost")
    sent = [event(1), event(2, 200_000), event(3, 1024 * 1024)]
    async with nginx(tmp_path, certificate, key, passing(near.listener.port)) as port, client(ca.path) as http:
        statuses = [await send(http, public(near, port), body) for body in sent]
        too_large = await send(http, public(near, port), event(4, 1024 * 1024 + 1))
        forged = await send(http, public(near, port), event(5), secret="another1secret99")
    assert (statuses, forged) == ([200, 200, 200], 401)
    assert too_large == 413
    assert near.bodies() == sent
    assert near.verified() == [True, True, True]


async def test_a_slow_sender_gets_through_nginx(near: Near, ca: Authority, tmp_path: Path) -> None:
    """A body that drips in is stored whole: the proxy gathers it, or hands on what it has."""
    certificate, key = ca.issue(tmp_path, "localhost")
    body = event(1, 60_000)

    async def drips() -> AsyncIterator[bytes]:
        for start in range(0, len(body), 6_000):
            await CLOCK.sleep(0.03)
            yield body[start : start + 6_000]

    unbuffered = passing(near.listener.port, extra="proxy_request_buffering off; proxy_http_version 1.1;")
    async with nginx(tmp_path, certificate, key, unbuffered) as port, client(ca.path) as http:
        headers = {HEADER: challenge_signature(body), "Content-Type": "application/json"}
        answer = await http.post(public(near, port), content=drips(), headers=headers)
    assert answer.status_code == 200
    assert near.bodies() == [body]


def challenge_signature(body: bytes) -> str:
    """Zoho's signature of a body."""
    from zbdesk.webhooks.signature import sign

    return sign(SECRET, (), None, body)


async def test_the_round_trip_through_nginx_finds_all_legs_good(near: Near, ca: Authority, tmp_path: Path) -> None:
    """An open way is told as open, leg by leg, and leaves nothing in the inbox."""
    certificate, key = ca.issue(tmp_path, "localhost")
    async with nginx(tmp_path, certificate, key, passing(near.listener.port)) as port:
        found = await went_round(near, ca, public(near, port))
    assert found.ok
    assert found.leg is None
    assert [leg.state for leg in found.legs] == [LegState.OK] * 5
    assert found.legs[1].note.startswith("certificate good until ")
    assert near.bodies() == []


async def test_a_path_prefix_is_kept(near: Near, ca: Authority, tmp_path: Path) -> None:
    """A person who shares one name among programs pastes it with a prefix, and the prefix reaches the proxy."""
    certificate, key = ca.issue(tmp_path, "localhost")
    location = f"location /books/ {{ proxy_pass http://127.0.0.1:{near.listener.port}/; proxy_set_header Host $host; }}"
    async with nginx(tmp_path, certificate, key, location) as port:
        found = await went_round(near, ca, public(near, port, "/books/"))
    assert found.ok


async def test_nginx_stopped_is_the_tunnel(near: Near, ca: Authority, tmp_path: Path) -> None:
    """Nobody at the public address: the tunnel is named, not the listener, which is well."""
    certificate, key = ca.issue(tmp_path, "localhost")
    async with nginx(tmp_path, certificate, key, passing(near.listener.port)) as port:
        url = public(near, port)
    found = await went_round(near, ca, url)
    assert (found.ok, found.leg) == (False, Leg.TUNNEL)
    assert found.sentence == "Nothing answers at localhost."
    assert found.legs[3].state is LegState.OK


async def test_a_proxy_that_leads_nowhere_is_the_tunnel(near: Near, ca: Authority, tmp_path: Path) -> None:
    """502 from the proxy means that its end is not here."""
    certificate, key = ca.issue(tmp_path, "localhost")
    async with nginx(tmp_path, certificate, key, passing(1)) as port:
        found = await went_round(near, ca, public(near, port))
    assert (found.leg, found.sentence) == (Leg.TUNNEL, "localhost answers, but finds nothing at its end here.")


async def test_a_path_that_leads_elsewhere_is_the_tunnel(near: Near, ca: Authority, tmp_path: Path) -> None:
    """Another page at the path is told as such."""
    certificate, key = ca.issue(tmp_path, "localhost")
    locations = 'location / { return 200 "<html>Welcome</html>"; }'
    async with nginx(tmp_path, certificate, key, locations) as port:
        found = await went_round(near, ca, public(near, port))
    assert (found.leg, found.sentence) == (Leg.TUNNEL, "At localhost another page answers.")


async def test_a_redirect_is_named_and_not_followed(near: Near, ca: Authority, tmp_path: Path) -> None:
    """Zoho does not follow redirects; the test does not either, and says where it was sent."""
    certificate, key = ca.issue(tmp_path, "localhost")
    locations = "location / { return 301 https://elsewhere.example$request_uri; }"
    async with nginx(tmp_path, certificate, key, locations) as port:
        found = await went_round(near, ca, public(near, port))
    assert found.leg is Leg.TUNNEL
    assert found.sentence == "localhost sends us on to elsewhere.example, which Zoho Books does not follow."


@pytest.mark.parametrize(
    ("name", "days", "words"),
    [
        ("localhost", -1, "has expired"),
        ("other.example", 30, "is for another name"),
    ],
)
async def test_a_bad_certificate_is_the_tls_leg(
    near: Near, ca: Authority, tmp_path: Path, name: str, days: int, words: str
) -> None:
    """What is wrong with a certificate is said in words."""
    certificate, key = ca.issue(tmp_path, name, days=days)
    async with nginx(tmp_path, certificate, key, passing(near.listener.port)) as port:
        found = await went_round(near, ca, public(near, port))
    assert found.leg is Leg.TLS
    assert found.sentence == f"The certificate of localhost {words}."
    assert found.remedy


async def test_an_unknown_authority_is_the_tls_leg(near: Near, ca: Authority, tmp_path: Path) -> None:
    """A certificate of an authority that nobody knows is refused, as Zoho would."""
    certificate, key = authority(tmp_path, "Nobody").issue(tmp_path, "localhost")
    async with nginx(tmp_path, certificate, key, passing(near.listener.port)) as port:
        found = await went_round(near, ca, public(near, port))
    assert found.leg is Leg.TLS
    assert "from an authority that is not known here" in found.sentence


async def test_plain_http_at_the_port_is_the_tls_leg(near: Near, ca: Authority) -> None:
    """An address that answers http where https is wanted makes no secure line."""
    found = await went_round(near, ca, public(near, near.listener.port))
    assert (found.leg, found.sentence) == (Leg.TLS, "localhost makes no secure line.")


async def test_a_name_that_is_not_known_is_the_dns_leg(near: Near, ca: Authority) -> None:
    """A misspelt name is told as a name."""
    found = await went_round(near, ca, "https://hooks.nowhere.invalid/webhooks/zoho/x")
    assert (found.leg, found.sentence) == (Leg.DNS, "The name hooks.nowhere.invalid is not known.")


async def test_a_listener_that_is_away_is_named_before_the_tunnel(near: Near, ca: Authority, tmp_path: Path) -> None:
    """A good proxy is not blamed for a listener that does not run."""
    certificate, key = ca.issue(tmp_path, "localhost")
    async with nginx(tmp_path, certificate, key, passing(near.listener.port)) as port:
        url, port_here = public(near, port), near.listener.port
        await near.listener.__aexit__(None, None, None)
        found = await went_round(near, ca, url)
    assert found.leg is Leg.LISTENER
    assert found.sentence == f"The listener on this computer does not answer at port {port_here}."


async def test_another_program_at_the_port_is_the_listener_leg(near: Near, ca: Authority) -> None:
    """Somebody else on the listener's port is told from nobody."""
    stranger = await Serving.open(Starlette(), 0)
    try:
        found = await went_round(near, ca, None, local_url=f"http://127.0.0.1:{stranger.port}/webhooks/zoho/key")
    finally:
        await stranger.close()
    assert found.leg is Leg.LISTENER
    assert found.sentence == f"Another program answers at port {stranger.port} of this computer."


async def test_another_secret_at_the_port_is_the_listener_leg(near: Near, ca: Authority) -> None:
    """Two zbdesk on one computer are told apart by their secret."""
    found = await went_round(near, ca, None, secret="another1secret99")
    assert found.leg is Leg.LISTENER
    assert "another zbdesk listens" in found.sentence


@pytest.mark.parametrize(
    ("misdeed", "sentence"),
    [
        ("rewrite", "The body of the message is changed on its way, so no signature can be right."),
        ("strip", "The signature does not arrive, or the listener that was reached has another secret."),
    ],
)
async def test_a_middleman_that_alters_is_the_signature_leg(
    near: Near, ca: Authority, tmp_path: Path, misdeed: str, sentence: str
) -> None:
    """A filter that parses and rewrites JSON, or drops headers it does not know, is found out."""
    async with client() as onward:

        async def middle(request: Request) -> Response:
            body, headers = await request.body(), {HEADER: request.headers[HEADER]}
            if misdeed == "rewrite":
                body = json.dumps(json.loads(body)).encode()
            else:
                headers = {}
            url = f"http://127.0.0.1:{near.listener.port}{request.url.path}"
            answer = await onward.post(url, content=body, headers=headers)
            return Response(answer.content, answer.status_code)

        proxy = await Serving.open(Starlette(routes=[Route("/{path:path}", middle, methods=["POST"])]), 0)
        certificate, key = ca.issue(tmp_path, "localhost")
        try:
            async with nginx(tmp_path, certificate, key, passing(proxy.port)) as port:
                found = await went_round(near, ca, public(near, port))
        finally:
            await proxy.close()
    assert (found.leg, found.sentence) == (Leg.SIGNATURE, sentence)
    assert found.legs[2].state is LegState.OK


async def test_another_zbdesk_behind_the_address_is_found_out(near: Near, ca: Authority, tmp_path: Path) -> None:
    """An address that leads to a colleague's computer is not taken for an open way to this one."""
    certificate, key = ca.issue(tmp_path, "localhost")
    async with near_end(tmp_path, secret="colleague1secret") as other:
        rewritten = (
            f"location / {{ rewrite ^/webhooks/zoho/[^/]+(.*)$ {other.listener.path}$1 break;"
            f" proxy_pass http://127.0.0.1:{other.listener.port}; }}"
        )
        async with nginx(tmp_path, certificate, key, rewritten) as port:
            found = await went_round(near, ca, public(near, port))
    assert found.leg is Leg.SIGNATURE
    assert "another secret" in found.sentence


async def test_no_secret_and_no_followed_redirect_leaves_in_a_test(near: Near, ca: Authority, tmp_path: Path) -> None:
    """What a test sends holds a body and a signature made with the secret, never the secret itself."""
    seen: list[bytes] = []

    async def everything(request: Request) -> Response:
        seen.append(request.url.path.encode() + str(request.headers.raw).encode() + await request.body())
        return RedirectResponse("/elsewhere", 307)

    proxy = await Serving.open(Starlette(routes=[Route("/{path:path}", everything, methods=["POST"])]), 0)
    certificate, key = ca.issue(tmp_path, "localhost")
    try:
        async with nginx(tmp_path, certificate, key, passing(proxy.port)) as port:
            await went_round(near, ca, public(near, port))
    finally:
        await proxy.close()
    assert len(seen) == 1
    assert SECRET.encode() not in seen[0]
    assert challenge.nonce_of(seen[0][seen[0].index(b'{"zbdesk"') :]) == "nonce1"
