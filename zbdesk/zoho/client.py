"""One Books call: the answer's bytes, or an error of ``zoho.errors``.

Reads are repeated while that can help; a write never is once it may have left. Invariants: every call passes the gate,
each try of it; the envelope is checked before bytes are handed out; a token is in the header of a request and nowhere
else. The path of a call is kept short on purpose: at a first load its CPU time counts.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from urllib.parse import urlencode

import httpx

from zbdesk.domain.clock import Clock
from zbdesk.domain.errors import ZbdeskError
from zbdesk.zoho import answers, retry, wire
from zbdesk.zoho.auth import TokenSource
from zbdesk.zoho.errors import NotJson, ServerFault, TokenRefused, WriteInDoubt
from zbdesk.zoho.limits import LONGEST_WAIT, CallGate, Priority, Slot
from zbdesk.zoho.skew import skew_seconds

Params = Iterable[tuple[str, str]] | Mapping[str, str]

_MOST_REFUSALS = 20
"""429 answers in a row, each with no wait to speak of, after which one call gives up."""

_SKEW_EVERY = 60.0


class ZohoClient:
    """Calls to the Books API of one organization.

    ``api_url``: origin without ``/books/v3``. ``timeout`` in seconds, for each phase of a call. ``calls``: Books calls
    made so far, every try counted; ``on_call`` is told after each, ``on_silence`` when Zoho asks for a pause, once that
    is written down. ``last_contact_at``: when Zoho Books last answered anything. ``clock_skew_seconds``: Zoho's clock
    minus ours (``skew.in_words``), None until the first answer.
    """

    def __init__(
        self,
        http: httpx.AsyncClient,
        *,
        api_url: str,
        organization_id: str | None,
        tokens: TokenSource,
        gate: CallGate,
        clock: Clock,
        rng: random.Random,
        timeout: float = 45.0,
        retry_base_seconds: float = 1.0,
        max_tries: int = retry.MAX_TRIES,
        on_call: Callable[[int], None] | None = None,
    ) -> None:
        self._http = http
        self._base = f"{api_url.rstrip('/')}/books/v3"
        self._organization_id = organization_id
        self._tokens = tokens
        self._gate = gate
        self._clock = clock
        self._rng = rng
        self._timeout = timeout
        self._extensions = {"timeout": httpx.Timeout(timeout).as_dict()}
        self._retry_base = retry_base_seconds
        self._max_tries = max_tries
        self.on_call = on_call
        self.on_silence: Callable[[], None] | None = None
        self.calls = 0
        self.last_contact_at: datetime | None = None
        self.clock_skew_seconds: float | None = None
        self._skew_looked_at = float("-inf")

    def set_pace(self, per_minute: int, reserve: float) -> None:
        """Calls a minute and the part of the day kept for a person's clicks, from now on."""
        self._gate.set_pace(per_minute, reserve)

    def minute_free_in(self) -> float:
        """Seconds until the minute has room for a call: what earlier processes used of it counts."""
        return self._gate.minute_free_in()

    async def get(
        self,
        path: str,
        params: Params | None = None,
        *,
        priority: Priority = Priority.POLL,
        part: str | None = None,
        organization: bool = True,
    ) -> bytes:
        """Read. ``path`` below ``/books/v3``; ``part`` names what is read, for people.

        Transient failures are tried again up to ``max_tries`` times with full jitter. Raises the classes of
        ``zoho.errors``; a wait over a minute that Zoho asks for is a ``ThrottledError`` at once.
        """
        url = self._address(path, params, organization=organization)
        tries = 0
        while True:
            tries += 1
            try:
                return await self._checked("GET", url, None, priority=priority, part=part or path)
            except httpx.RequestError as exc:
                failure = wire.turned(exc, self._timeout)
                failure.__cause__ = exc
            except (NotJson, ServerFault, TokenRefused) as exc:
                failure = exc
            if not retry.again(tries, failure.retry_after, self._max_tries):
                raise failure
            await self._clock.sleep(retry.backoff(tries, self._retry_base, self._rng.random(), failure.retry_after))

    async def write(
        self,
        method: str,
        path: str,
        params: Params | None = None,
        body: bytes | None = None,
        *,
        priority: Priority = Priority.POLL,
        part: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> bytes:
        """Write once; ``body`` is JSON. Three outcomes: bytes (done), ``NotSent``, ``UnknownOutcomeError``.

        A refusal in words (400, 404, 429 ...) is an ordinary error: nothing was written. A token that Zoho does not
        take is renewed once, since a call refused for it did nothing.
        """
        url = self._address(path, params, organization=True)
        try:
            return await self._checked(method, url, body, priority=priority, part=part or path, extra=headers)
        except httpx.RequestError as exc:
            if wire.never_left(exc):
                raise wire.turned(exc, self._timeout) from exc
            raise WriteInDoubt("The connection ended before Zoho's answer came.") from exc
        except (NotJson, ServerFault) as exc:
            raise WriteInDoubt("Zoho's answer was a fault that does not say whether it was done.") from exc

    async def _checked(
        self,
        method: str,
        url: str,
        body: bytes | None,
        *,
        priority: Priority,
        part: str,
        extra: Mapping[str, str] | None = None,
    ) -> bytes:
        """One call with its envelope checked. Waits out short refusals and renews a refused token once.

        Short is a minute in all: a second refusal after it is the caller's to decide, however little it asks for.
        """
        refusals, waited, renewed = 0, 0.0, False
        while True:
            token = await self._tokens.get()
            async with self._gate.slot(priority) as slot:
                answer = await self._send(method, url, body, token, extra)
                if answer.status_code == 429:
                    waited += self._refused(slot, answer)
                else:
                    self._gate.answered(slot.call)
            if answer.status_code == 429:
                refusals += 1
                if refusals >= _MOST_REFUSALS:
                    raise ServerFault(429)
                if waited > LONGEST_WAIT:
                    raise self._gate.throttled()
                continue
            if answer.status_code == 401 and not renewed and await self._tokens.invalidate(token):
                renewed = True
                continue
            return self._good(answer, part)

    def _good(self, answer: httpx.Response, part: str) -> bytes:
        """The body of a good answer. Raises what any other means."""
        body = answer.content
        status = answer.status_code
        if 200 <= status < 300 and answers.looks_good(body):
            return body
        told = answers.envelope(body)
        if told is None or (told.code is None and status != 404):
            if status >= 500:
                raise ServerFault(status, retry_after=self._retry_after(answer))
            raise NotJson(status)
        if 200 <= status < 300 and told.code == "0":
            return body
        if status == 401 and told.code != "57":
            raise TokenRefused(told.code)
        raise self._meaning(answer, part, told)

    def _meaning(self, answer: httpx.Response, part: str, told: answers.Envelope) -> ZbdeskError:
        return answers.failure(
            part,
            answer.status_code,
            told,
            organization_id=self._organization_id or "",
            retry_after=self._retry_after(answer),
        )

    async def _send(
        self, method: str, url: str, body: bytes | None, token: str, extra: Mapping[str, str] | None
    ) -> httpx.Response:
        headers = {
            "Authorization": f"Zoho-oauthtoken {token}",
            "Accept": "application/json",
            "Accept-Encoding": "gzip, deflate",
            "User-Agent": wire.USER_AGENT,
        }
        if body is not None:
            headers["Content-Type"] = "application/json"
        if extra:
            headers.update(extra)
        request = httpx.Request(method, url, headers=headers, content=body, extensions=dict(self._extensions))
        self.calls += 1
        try:
            answer = await self._http.send(request, auth=None, follow_redirects=False)
        finally:
            if self.on_call is not None:
                self.on_call(self.calls)
        self.last_contact_at = self._clock.now()
        self._look_at_headers(answer)
        return answer

    def _look_at_headers(self, answer: httpx.Response) -> None:
        headers = answer.headers
        limit = headers.get("x-rate-limit-limit")
        if limit is not None:
            self._gate.observe(limit, headers.get("x-rate-limit-remaining"), headers.get("x-rate-limit-reset"))
        now = self._clock.monotonic()
        if now - self._skew_looked_at >= _SKEW_EVERY:
            self._skew_looked_at = now
            self.clock_skew_seconds = skew_seconds(headers.get("date"), self._clock.now())

    def _refused(self, slot: Slot, answer: httpx.Response) -> float:
        """The whole organization is silent from now on; returns for how many seconds."""
        told = answers.envelope(answer.content)
        wait = self._gate.refused(
            slot.call,
            told.code if told is not None else None,
            answer.headers.get("retry-after"),
            answer.headers.get("x-rate-limit-reset"),
        )
        if self.on_silence is not None:
            self.on_silence()
        return wait

    def _retry_after(self, answer: httpx.Response) -> float | None:
        return retry.parse_retry_after(answer.headers.get("retry-after"), self._clock.now())

    def _address(self, path: str, params: Params | None, *, organization: bool) -> str:
        pairs = list(params.items() if isinstance(params, Mapping) else params or ())
        if organization and self._organization_id is not None:
            pairs.append(("organization_id", self._organization_id))
        return f"{self._base}{path}?{urlencode(pairs)}" if pairs else f"{self._base}{path}"
