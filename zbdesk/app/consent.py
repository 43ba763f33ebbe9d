"""What surrounds the browser's consent: how often it may be asked for, how long it is waited for, what may be pasted.

No network here. Zoho blocks a user and client for ten minutes after about four codes in a minute, so a fifth is not
asked for.
"""

from __future__ import annotations

import asyncio
import hmac
import re
from collections import defaultdict, deque
from urllib.parse import parse_qs, urlsplit

from zbdesk.domain.clock import Clock
from zbdesk.domain.errors import Action, Budget, InterruptedByUser, SetupError, ThrottledError
from zbdesk.zoho.loopback import Callback
from zbdesk.zoho.sign_in_errors import SignInError
from zbdesk.zoho.skew import in_words

CODES_A_MINUTE = 4
CLOCK_TOLERANCE = 600.0
_WINDOW = 60.0
_TICK = 0.25
_BARE_CODE = re.compile(r"[\w.~-]{8,512}")


class TooManyConsents(ThrottledError):
    """A fifth sign-in within a minute: Zoho would block this user for ten."""

    def __init__(self, wait: float) -> None:
        super().__init__(
            "That were several sign-ins in a short time.",
            f"Wait {max(1, round(wait))} seconds before the next one: Zoho blocks a user after too many.",
            budget=Budget.TOKEN,
            wait=wait,
            code="consent_debounce",
        )


class SignInTimedOut(SignInError):
    """Nobody finished the consent page in time. ``elsewhere``: the way out for a browser on another computer.

    That way is the caller's: the window takes a pasted address, the command line a grant code.
    """

    default_action = Action.RETRY

    def __init__(self, elsewhere: str = "") -> None:
        super().__init__(
            "The sign-in in the browser was not finished in time.",
            f"Start it again; nothing was changed. {elsewhere}".rstrip(),
            code="sign_in_timeout",
        )


class SignInCancelled(InterruptedByUser):
    """Somebody chose Cancel while the browser was open."""

    def __init__(self) -> None:
        super().__init__("The sign-in was cancelled.", "Nothing was changed.", code="sign_in_cancelled")


class NotACode(SetupError):
    """What was pasted holds no code."""

    def __init__(self) -> None:
        super().__init__(
            "There is no code in what was pasted.",
            "Copy the whole address that the browser shows after you chose Accept; it begins with http://localhost.",
            action=Action.RETRY,
            code="paste",
        )


class ForeignCode(SetupError):
    """The pasted address belongs to another sign-in."""

    def __init__(self) -> None:
        super().__init__(
            "This address belongs to another sign-in.",
            "Finish the page that was opened last, and copy the address from there.",
            action=Action.RETRY,
            code="paste_state",
        )


class ClockWrong(SignInError):
    """This computer's clock is too far off for a sign-in. ``hours``: positive where it is behind."""

    def __init__(self, skew: float) -> None:
        super().__init__(
            in_words(skew) or "This computer's clock is wrong.",
            "Zoho does not accept a sign-in from there. Set date, time and time zone, best by itself over the network, "
            "and sign in again.",
            action=Action.SET_CLOCK,
            code="clock",
        )
        self.hours = skew / 3600


class Debounce:
    """Counts consents within the last minute, a client (its id and accounts server) by itself."""

    def __init__(self) -> None:
        self._asked: defaultdict[str, deque[float]] = defaultdict(deque)

    def note(self, client: str, now: float) -> None:
        """Count one at ``now`` (monotonic seconds), or raise ``TooManyConsents`` without counting it."""
        asked = self._asked[client]
        while asked and now - asked[0] >= _WINDOW:
            asked.popleft()
        if len(asked) >= CODES_A_MINUTE:
            raise TooManyConsents(asked[0] + _WINDOW - now)
        asked.append(now)


class Waiting:
    """One wait for the browser: ended by the redirect, a pasted code, Cancel, or time, which may be extended."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self._clock = clock
        self._seconds = seconds
        self._deadline = clock.monotonic() + seconds
        self._handed: asyncio.Future[Callback] = asyncio.get_running_loop().create_future()

    def hand(self, callback: Callback) -> None:
        """Give the answer from elsewhere than the redirect; a second one is ignored."""
        if not self._handed.done():
            self._handed.set_result(callback)

    def cancel(self) -> None:
        """End the wait with ``SignInCancelled``."""
        if not self._handed.done():
            self._handed.set_exception(SignInCancelled())
            # Whoever waited may be gone already: looked at here, its end is no error that nobody took.
            self._handed.exception()

    def extend(self) -> None:
        """Wait as long again, from now."""
        self._deadline = self._clock.monotonic() + self._seconds

    async def answer(self, redirect: asyncio.Task[Callback] | None) -> Callback:
        """Return the first answer; ends ``redirect`` and everything of its own. Raises ``SignInTimedOut``."""
        over = asyncio.create_task(self._run_out())
        waits: set[asyncio.Future[Callback]] = {self._handed, over}
        if redirect is not None:
            waits.add(redirect)
        try:
            done, _ = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            ending = [task for task in (over, redirect) if task is not None]
            for task in ending:
                task.cancel()
            await asyncio.gather(*ending, return_exceptions=True)
        for wait in (self._handed, redirect, over):
            if wait is not None and wait in done and not wait.cancelled():
                return wait.result()
        raise SignInCancelled  # the listener was closed under the wait

    async def _run_out(self) -> Callback:
        while (left := self._deadline - self._clock.monotonic()) > 0:
            await self._clock.sleep(min(left, _TICK))
        raise SignInTimedOut


def read_pasted(text: str, state: str) -> Callback:
    """Return what a person pasted: the redirect's whole address (its state is checked) or the code alone.

    Raises ``NotACode``, ``ForeignCode``.
    """
    text = text.strip().strip("\"'<>").strip()
    if "?" in text or "=" in text:
        query = parse_qs(urlsplit(text).query or text.partition("?")[2] or text)
        found = {key: values[0].strip() for key, values in query.items()}
        code, error = found.get("code"), found.get("error")
        if not code and not error:
            raise NotACode
        if not hmac.compare_digest(found.get("state", "").encode(), state.encode()):
            raise ForeignCode
        return Callback(
            code=None if error else code,
            location=found.get("location"),
            accounts_server=found.get("accounts-server"),
            error=error,
        )
    if _BARE_CODE.fullmatch(text):
        return Callback(code=text)
    raise NotACode
