"""The accounts server's addresses: consent, token, revoke, server info.

State is in ``tokens.py``, pages in ``pages.py``.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from zbdesk.demo import pages
from zbdesk.demo.tokens import Grant, TokenError, scopes_of

if TYPE_CHECKING:
    from zbdesk.demo.world import World


class ConsentError(Exception):
    """The authorization request itself is wrong: an error page, never a redirect to an address nobody registered."""

    def __init__(self, title: str, text: str) -> None:
        super().__init__(title)
        self.title = title
        self.text = text


def check_consent(world: World, asked: Mapping[str, str]) -> frozenset[str]:
    """The scopes asked for. Raises ``ConsentError`` in the order in which Zoho looks."""
    if asked.get("client_id", "") != world.options.client_id:
        raise ConsentError("Invalid Client", "The client ID passed does not exist in this data centre.")
    if asked.get("redirect_uri", "") not in world.redirect_uris:
        raise ConsentError("Invalid Redirect Uri", "Redirect URI passed does not match with the one configured.")
    if asked.get("response_type", "") != "code":
        raise ConsentError("Invalid Response Type", "The response type has to be “code”.")
    scopes = scopes_of(asked.get("scope", ""))
    if not scopes or any(not scope.lower().startswith("zohobooks.") or scope.count(".") != 2 for scope in scopes):
        raise ConsentError("Invalid OAuth Scope", "Scope does not exist.")
    return scopes


def accept(world: World, asked: Mapping[str, str], organizations: frozenset[str]) -> str:
    """The redirect after Accept. Raises ``ConsentError``."""
    scopes = check_consent(world, asked)
    home = world.options.home
    prefix = f"/_dc/{home}" if home else ""
    code = world.tokens.consent(
        Grant(asked["client_id"], scopes, organizations, prefix),
        redirect_uri=asked["redirect_uri"],
        offline=asked.get("access_type") == "offline",
        prompted=asked.get("prompt", "") == "consent",
        challenge=asked.get("code_challenge", ""),
        method=asked.get("code_challenge_method", "plain"),
    )
    answer = {
        "state": asked.get("state", ""),
        "code": code,
        "location": home or "us",
        "accounts-server": world.origin + prefix,
    }
    return _redirect(asked["redirect_uri"], answer)


def reject(world: World, asked: Mapping[str, str]) -> str:
    """The redirect after Reject. Raises ``ConsentError``."""
    check_consent(world, asked)
    return _redirect(asked["redirect_uri"], {"state": asked.get("state", ""), "error": "access_denied"})


def _redirect(uri: str, answer: Mapping[str, str]) -> str:
    mark = "&" if urlsplit(uri).query else "?"
    return uri + mark + urlencode({name: value for name, value in answer.items() if value})


async def auth(request: Request) -> Response:
    """The consent page (GET) and its two buttons (POST)."""
    world: World = request.app.state.world
    asked = dict(request.query_params)
    try:
        scopes = check_consent(world, asked)
        if request.method == "GET":
            return HTMLResponse(pages.consent(world.company, scopes, request.url.query))
        form = parse_qs((await request.body()).decode())
        if form.get("decision") != ["accept"]:
            return RedirectResponse(reject(world, asked), status_code=302)
        chosen = frozenset(form.get("organization", ())) & world.company.organizations.keys()
        if not chosen:
            return HTMLResponse(
                pages.consent(world.company, scopes, request.url.query, nothing_chosen=True), status_code=400
            )
        return RedirectResponse(accept(world, asked, frozenset(chosen)), status_code=302)
    except ConsentError as exc:
        return HTMLResponse(pages.refused(exc.title, exc.text), status_code=400)


async def _fields(request: Request) -> dict[str, str]:
    """Query and form together: Zoho documents the one and takes the other."""
    form = parse_qs((await request.body()).decode("utf-8", "replace"), keep_blank_values=True)
    return {**request.query_params, **{name: values[-1] for name, values in form.items()}}


async def token(request: Request) -> Response:
    """Exchange a code or a refresh token. Errors come with HTTP 200, as they do at Zoho."""
    world: World = request.app.state.world
    prefix = prefix_of(request)
    given = await _fields(request)
    try:
        body = _token(world, given, prefix)
    except TokenError as exc:
        error = {"error": exc.error}
        if exc.description:
            error |= {"error_description": exc.description, "status": "failure"}
        return JSONResponse(error, status_code=exc.status)
    return JSONResponse(body)


def _token(world: World, given: Mapping[str, str], prefix: str) -> dict[str, object]:
    if given.get("client_id", "") != world.options.client_id:
        raise TokenError("invalid_client")
    # A client of the mobile and desktop type proves itself by its verifier when it sends no secret.
    if given.get("client_secret", "") != world.options.client_secret and not (
        "client_secret" not in given and given.get("code_verifier")
    ):
        raise TokenError("invalid_client_secret")
    match given.get("grant_type", ""):
        case "authorization_code":
            access, refresh, grant = world.tokens.exchange(
                given.get("code", ""), given.get("redirect_uri", ""), given.get("code_verifier", ""), prefix
            )
        case "refresh_token":
            access, grant = world.tokens.refresh(given.get("refresh_token", ""), given["client_id"], prefix)
            refresh = None
        case _:
            raise TokenError("general_error")
    body: dict[str, object] = {"access_token": access}
    if refresh is not None:
        body["refresh_token"] = refresh
    scope = " ".join(sorted(grant.scopes))
    return body | {"scope": scope, "api_domain": world.origin + prefix, "token_type": "Bearer", "expires_in": 3600}


async def revoke(request: Request) -> Response:
    """The older address: the token in query or body."""
    world: World = request.app.state.world
    known = world.tokens.forget((await _fields(request)).get("token", ""))
    return (
        JSONResponse({"status": "success"})
        if known
        else JSONResponse({"error": "invalid_token", "status": "failure"}, status_code=400)
    )


async def revoke_basic(request: Request) -> Response:
    """The newer address: client id and secret as Basic, the token in the body."""
    world: World = request.app.state.world
    if not _basic(request, world.options.client_id, world.options.client_secret):
        return JSONResponse({"error": "invalid_client", "status": "failure"}, status_code=401)
    known = world.tokens.forget((await _fields(request)).get("token", ""))
    return (
        JSONResponse({"status": "success"})
        if known
        else JSONResponse({"error": "invalid_token", "status": "failure"}, status_code=400)
    )


def _basic(request: Request, client_id: str, secret: str) -> bool:
    scheme, _, packed = request.headers.get("authorization", "").partition(" ")
    try:
        return scheme.lower() == "basic" and base64.b64decode(packed, validate=True).decode() == f"{client_id}:{secret}"
    except (binascii.Error, UnicodeDecodeError):
        return False


async def server_info(request: Request) -> Response:
    """Which location has which accounts server."""
    world: World = request.app.state.world
    places = {"us": world.origin} | {name: f"{world.origin}/_dc/{name}" for name in world.options.data_centres}
    return JSONResponse({"result": "success", "locations": places})


def prefix_of(request: Request) -> str:
    """``/_dc/<name>`` of the request, or nothing."""
    name = request.path_params.get("dc", "")
    return f"/_dc/{name}" if name else ""
