"""Command lines of tunnel programs, and what their output means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zbdesk.webhooks.tunnels.address import BadAddress, checked, joined
from zbdesk.webhooks.tunnels.base import Local
from zbdesk.webhooks.tunnels.cloudflared import Cloudflared
from zbdesk.webhooks.tunnels.ngrok import Ngrok
from zbdesk.webhooks.tunnels.programs import BadWord, Heard
from zbdesk.webhooks.tunnels.ssh import Ssh

LOCAL = Local("http://127.0.0.1:8971", "/webhooks/zoho/k3y")


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("https://hooks.example.com", "https://hooks.example.com"),
        (" https://Hooks.Example.com:443/ ", "https://hooks.example.com"),
        ("https://example.com:8443/books/", "https://example.com:8443/books"),
        ("https://büro.example", "https://xn--bro-hoa.example"),
        ("http://127.0.0.1:9000", "http://127.0.0.1:9000"),
        ("http://[::1]:9000/x", "http://[::1]:9000/x"),
    ],
)
def test_a_good_address_is_kept_in_its_plain_form(pasted: str, kept: str) -> None:
    """Case, default port and the slash at the end do not make another address; a prefix does."""
    assert checked(pasted) == kept


@pytest.mark.parametrize(
    "pasted",
    [
        "",
        "hooks.example.com",
        "http://hooks.example.com",
        "ftp://hooks.example.com",
        "https://ada:secret@hooks.example.com",
        "https://@hooks.example.com",
        "https://hooks.example.com?x=1",
        "https://hooks.example.com#top",
        "https://hooks.example.com:99999",
        "https://",
        "https:///path",
        "https://hooks.example.com/a b",
        "https://hooks.example.com\r\nHost: other",
        "https://127.0.0.1\\@evil.example",
        "https://" + "a" * 3000,
        "http://[::1",
    ],
)
def test_an_address_that_is_unsafe_or_unclear_is_refused(pasted: str) -> None:
    """Credentials, queries, fragments, plain http and what is no address never become the public address."""
    with pytest.raises(BadAddress):
        checked(pasted)


@given(st.text(max_size=60))
def test_no_text_gets_past_the_check_with_credentials_or_lines(text: str) -> None:
    """Whatever is pasted, what is accepted is one line, names a host and no user."""
    try:
        kept = checked("https://" + text)
    except BadAddress:
        return
    assert checked(kept) == kept
    assert "@" not in kept.split("/")[2]
    assert kept.isprintable()
    assert " " not in kept


def test_the_path_is_put_behind_an_address_once() -> None:
    """Somebody who pastes the whole address gets it back, not the path twice."""
    assert joined("https://a.example/books", LOCAL.path) == "https://a.example/books/webhooks/zoho/k3y"
    assert joined("https://a.example/webhooks/zoho/k3y", LOCAL.path) == "https://a.example/webhooks/zoho/k3y"


def test_a_quick_tunnel_is_started_and_its_address_read() -> None:
    """The box that cloudflared draws holds the address; other addresses in its output do not count."""
    program = Cloudflared()
    assert program.command("/opt/cloudflared", LOCAL) == [
        "/opt/cloudflared",
        "tunnel",
        "--no-autoupdate",
        "--url",
        "http://127.0.0.1:8971",
        "--http-host-header",
        "127.0.0.1:8971",
    ]
    line = "2025-12-02T10:30:46Z INF |  https://purple-rain-4d7f.trycloudflare.com                        |"
    assert program.heard(line, LOCAL) == Heard(base="https://purple-rain-4d7f.trycloudflare.com")
    for other in (
        'ERR failed to dial error="Post https://api.trycloudflare.com/tunnel: timeout"',
        "INF see https://developers.cloudflare.com/cloudflare-one/",
        "INF https://x.trycloudflare.com.evil.example",
    ):
        heard = program.heard(other, LOCAL)
        assert heard is None or heard.base is None


def test_a_named_tunnel_needs_no_secret_on_its_command_line() -> None:
    """Command lines are seen by every user of the computer: a token goes as a variable."""
    program = Cloudflared(token="eyJhIjoi", public="https://hooks.example.com")
    assert program.command("cloudflared", LOCAL) == ["cloudflared", "tunnel", "--no-autoupdate", "run"]
    assert program.variables() == {"TUNNEL_TOKEN": "eyJhIjoi"}
    assert "eyJhIjoi" not in repr(program)


def test_the_name_of_a_dashboard_tunnel_is_read_from_its_configuration() -> None:
    """The host name whose rule leads to our port is the public one; the others are somebody else's."""
    line = (
        "2026-07-11T00:15:05Z INF Updated to new configuration config="
        r'"{\"ingress\":[{\"hostname\":\"api.example.com\",\"service\":\"http://127.0.0.1:8000\"},'
        r"{\"hostname\":\"hooks.example.com\",\"originRequest\":{},\"service\":\"http://localhost:8971\"},"
        r'{\"service\":\"http_status:404\"}],\"warp-routing\":{\"enabled\":false}}" version=5'
    )
    assert Cloudflared(token="t").heard(line, LOCAL) == Heard(base="https://hooks.example.com")
    other = Local("http://127.0.0.1:9", "/x")
    assert Cloudflared(token="t").heard(line, other) == Heard(base=None)


@pytest.mark.parametrize(
    ("line", "heard"),
    [
        ("INF Registered tunnel connection connIndex=2 ip=198.41.192.7", Heard(ready=True, way="2")),
        ("INF Unregistered tunnel connection connIndex=2 event=0", Heard(lost=True, way="2")),
        (
            'ERR Serve tunnel error error="timeout: no recent network activity" connIndex=0',
            Heard(lost=True, way="0", trouble="timeout: no recent network activity"),
        ),
        ("failed to request quick Tunnel: 429 Too Many Requests", None),
        ("INF Starting metrics server on 127.0.0.1:20241/metrics", None),
    ],
)
def test_connections_of_cloudflared_come_and_go(line: str, heard: Heard | None) -> None:
    """Each connection to the edge is counted by its number; the tunnel is lost with the last."""
    found = Cloudflared().heard(f"2026-11-20T10:00:00Z {line}" if heard else line, LOCAL)
    if line.startswith("failed"):
        assert found == Heard(trouble=line)
        assert "quick tunnels" in Cloudflared().remedy(line)
    else:
        assert found == heard


@pytest.mark.parametrize(
    "line",
    [
        (
            '{"addr":"http://localhost:8971","lvl":"info","msg":"started tunnel","name":"command_line","obj":"tunnels",'
            '"t":"2026-09-30T02:40:01Z","url":"https://ab12-203-0-113-7.ngrok-free.app"}'
        ),
        (
            '{"t":"2026-09-12T20:25:17+0200","lvl":"info","msg":"started tunnel","obj":"tunnels",'
            '"addr":{"Scheme":"http","Host":"127.0.0.1:8971"},"url":"https://ab12-203-0-113-7.ngrok-free.app"}'
        ),
        (
            't=2026-08-10T07:20:40+0000 lvl=info msg="started tunnel" obj=tunnels name=command_line '
            "addr=http://localhost:8971 url=https://ab12-203-0-113-7.ngrok-free.app"
        ),
    ],
)
def test_ngroks_address_is_read_in_each_of_its_forms(line: str) -> None:
    """JSON of several versions, and the older form."""
    assert Ngrok().heard(line, LOCAL) == Heard(base="https://ab12-203-0-113-7.ngrok-free.app", ready=True)


def test_ngrok_is_not_let_keep_what_passes() -> None:
    """Inspection, which keeps whole requests readable on the computer, is off; a token is a variable."""
    program = Ngrok(public="https://fixed.ngrok.app", token="2abc")
    command = program.command("ngrok", LOCAL)
    assert "--inspect=false" in command
    assert "--url=https://fixed.ngrok.app" in command
    assert not any("2abc" in word for word in command)
    assert program.variables() == {"NGROK_AUTHTOKEN": "2abc"}


def test_ngroks_own_words_on_a_refusal_are_kept_and_translated() -> None:
    """A missing account is told with what to do about it."""
    heard = Ngrok().heard("ERROR:  ERR_NGROK_4018", LOCAL)
    assert heard == Heard(trouble="ERR_NGROK_4018")
    assert "authtoken" in Ngrok().remedy("ERR_NGROK_4018")


def test_ssh_asks_nothing_and_trusts_nobody_new() -> None:
    """No prompt can hang it, an unknown server is not trusted, a taken port ends it, its keep-alive is its own."""
    program = Ssh("hooks@vps.example.com", "https://hooks.example.com", port=2222, remote_port=9000, identity="/k")
    command = program.command("/usr/bin/ssh", LOCAL)
    assert command[:4] == ["/usr/bin/ssh", "-N", "-T", "-v"]
    for option in ("BatchMode=yes", "StrictHostKeyChecking=yes", "ExitOnForwardFailure=yes", "ForwardAgent=no"):
        assert option in command
    assert command[command.index("-R") + 1] == "localhost:9000:127.0.0.1:8971"
    assert command[-2:] == ["--", "hooks@vps.example.com"]


@pytest.mark.parametrize("destination", ["-oProxyCommand=touch /tmp/x", "", "a b", "host;id", "$(id)", "--", "ho`st"])
def test_no_option_can_hide_in_a_servers_name(destination: str) -> None:
    """A destination that ssh could take for an option, or a shell for a command, is refused."""
    with pytest.raises(BadWord):
        Ssh(destination, "https://hooks.example.com").command("ssh", LOCAL)
    with pytest.raises(BadWord):
        Cloudflared(tunnel=destination or "-").command("cloudflared", LOCAL)


def test_a_port_that_the_server_chose_becomes_part_of_the_address() -> None:
    """With port 0 the address is known only when the server has told the port."""
    program = Ssh("h@v.example", "https://v.example:{port}", remote_port=0)
    assert program.base is None
    heard = program.heard("Allocated port 41234 for remote forward to 127.0.0.1:8971", LOCAL)
    assert heard == Heard(base="https://v.example:41234", ready=True)
    assert program.heard("debug1: remote forward success for: listen 0, connect 127.0.0.1:8971", LOCAL) is None
