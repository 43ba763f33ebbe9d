"""What a round-trip test says: each finding a sentence with its remedy. Pure.

The table of these stands in ``docs/tunnels.md``; a test holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Finding:
    """The fact, the way out, and what a person who looks closer wants to know."""

    sentence: str
    remedy: str = ""
    detail: str = ""


ALL_WELL = Finding("The way from the internet to this computer is open.")
HINTS_ONLY = Finding(
    "The relay passes events on, but it writes them anew, so they count as hints only.",
    "Choose another tunnel if events are to be checked by their signature.",
)
NO_ADDRESS = Finding("There is no public address yet.", "Choose a tunnel under Webhooks, or paste your own address.")
LOOK_AT_TUNNEL = "Look at the tunnel under Webhooks."
RELAY_LOSES = Finding(
    "The relay took the question, and it did not come out of the channel.",
    "Make a new channel: somebody else may be listening to this one, or the relay is in trouble.",
)
ALTERED = Finding(
    "The body of the message is changed on its way, so no signature can be right.",
    "Switch off what rewrites requests: a web application firewall, JSON filters, or a relay that parses bodies.",
)
UNSIGNED = Finding(
    "The signature does not arrive, or the listener that was reached has another secret.",
    "Let the proxy pass the header X-Zoho-Webhook-Signature on, and make sure that the address leads to this computer.",
)
OTHER_END = Finding(
    "The address leads to another zbdesk, not to this one.",
    "Give each computer an address of its own.",
)


def listener_away(port: int, detail: str) -> Finding:
    """Nothing answers on the listener's port."""
    return Finding(
        f"The listener on this computer does not answer at port {port}.",
        "Start zbdesk, or look under Problems why its listener could not start.",
        detail,
    )


def listener_other(port: int, status: int) -> Finding:
    """Something else has the port."""
    return Finding(
        f"Another program answers at port {port} of this computer.",
        "End that program, or choose another port for zbdesk under Settings, Webhooks.",
        f"It answered with status {status}.",
    )


def listener_other_secret(port: int) -> Finding:
    """A listener of zbdesk with another secret has the port."""
    return Finding(
        f"At port {port} of this computer another zbdesk listens, with another secret.",
        "End the other one, or give each a port of its own under Settings, Webhooks.",
    )


def no_name(host: str, detail: str) -> Finding:
    """The name cannot be looked up."""
    return Finding(
        f"The name {host} is not known.",
        "Check its spelling, and that its entry exists at your domain's provider; a new one takes up to an hour.",
        detail,
    )


_CERTIFICATES = {
    10: ("has expired", "Renew it on the server or proxy; Zoho Books refuses it too."),
    9: ("is not valid yet", "Set the clock of this computer, or of the server that made it."),
    18: ("is self-signed, which Zoho Books does not accept", "Use a public one, such as Let's Encrypt gives."),
    19: ("ends in an authority that is not public", "Use a public one, such as Let's Encrypt gives."),
    20: ("is from an authority that is not known here", "Let the server send its intermediate certificates too."),
    21: ("is from an authority that is not known here", "Let the server send its intermediate certificates too."),
    62: ("is for another name", "Get one that holds this name."),
    64: ("is for another address", "Get one that holds this address, or use a name."),
}


def bad_certificate(host: str, code: int, detail: str) -> Finding:
    """The certificate is not accepted; ``code`` is OpenSSL's."""
    fault, remedy = _CERTIFICATES.get(code, ("is not accepted", "Look at it in a browser, which says why."))
    return Finding(f"The certificate of {host} {fault}.", remedy, detail)


def no_secure_line(host: str, detail: str) -> Finding:
    """The other end does not speak TLS as it should."""
    return Finding(
        f"{host} makes no secure line.",
        "Let its port answer https, not http, with a current version of TLS.",
        detail,
    )


def no_connection(host: str, tunnel: str, detail: str) -> Finding:
    """Nobody takes the connection."""
    return Finding(
        f"Nothing answers at {host}.",
        f"Look whether {tunnel} runs, and whether a firewall lets connections in.",
        detail,
    )


def no_answer(host: str, tunnel: str) -> Finding:
    """The connection stands, and nothing comes."""
    return Finding(f"{host} does not answer in time.", f"Look whether {tunnel} runs and leads to this computer.")


def proxy_refuses(detail: str) -> Finding:
    """The company's proxy does not let us out."""
    return Finding(
        "The proxy of this network does not let the test out.",
        "Ask whoever runs it to allow the public address, or test from another network.",
        detail,
    )


def relay_refuses(status: int) -> Finding:
    """The relay does not take what Zoho would send."""
    return Finding(f"The relay does not take the message ({status}).", "Make a new channel and paste its address.")


def not_ours(status: int, location: str, public_url: str, port: int) -> Finding:
    """Something answers, and it is not our listener."""
    host = urlsplit(public_url).hostname or ""
    detail = f"It answered with status {status}."
    if 300 <= status < 400:
        other = urlsplit(location).hostname or host
        return Finding(
            f"{host} sends us on to {other}, which Zoho Books does not follow.",
            "Paste the final address, and let the proxy pass /webhooks on without a redirect.",
            detail,
        )
    if status in {502, 503, 504} or 520 <= status <= 530:
        return Finding(
            f"{host} answers, but finds nothing at its end here.",
            f"Let the tunnel lead to http://127.0.0.1:{port}, and make sure that it runs.",
            detail,
        )
    if status in {401, 403}:
        return Finding(
            f"{host} refuses the message before it gets here.",
            "Take the sign-in or the filter away for /webhooks: Zoho Books cannot sign in there.",
            detail,
        )
    if status == 413:
        return Finding(f"{host} takes no message of this size.", "Allow bodies of 1 MB in the proxy.", detail)
    if status == 429:
        return Finding(
            f"{host} lets no more messages through for now.", "Raise the limit of the proxy or tunnel.", detail
        )
    return Finding(
        f"At {host} another page answers.",
        f"Let the path /webhooks lead to http://127.0.0.1:{port}, with the whole path kept.",
        detail,
    )
