"""What a tunnel program is: a command line built from typed settings, and lines of output with a meaning. Pure.

Only formats that the programs document or have printed for years are understood; a line that means nothing is kept as
the last word of a program that ends.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from zbdesk.webhooks.tunnels.address import BadAddress, joined
from zbdesk.webhooks.tunnels.base import Local


@dataclass(frozen=True, slots=True)
class Heard:
    """What one line of output changes. ``base``: a public address; ``ready`` or ``lost``: one way in more or less.

    ``way`` names the way in, since some programs keep several. ``trouble`` is the program's own word on what is wrong.
    """

    base: str | None = None
    ready: bool = False
    lost: bool = False
    way: str = ""
    trouble: str = ""


class Program(Protocol):
    """One kind of tunnel program."""

    @property
    def name(self) -> str:
        """The executable's name, as found on the search path."""
        ...

    @property
    def base(self) -> str | None:
        """The public address where it is known beforehand."""
        ...

    @property
    def needs_ready(self) -> bool:
        """Whether the program says by itself when the way is open."""
        ...

    def command(self, executable: str, local: Local) -> list[str]:
        """The full command line. No shell ever sees it."""
        ...

    def variables(self) -> Mapping[str, str]:
        """Secrets go here: other users see command lines, not variables."""
        ...

    def heard(self, line: str, local: Local) -> Heard | None:
        """What a line of output means; None for nothing."""
        ...

    def remedy(self, trouble: str) -> str:
        """What a person does about it."""
        ...


class BadWord(BadAddress):
    """A name for a command line that could be taken for an option, or that no name looks like."""

    def __init__(self, what: str) -> None:
        super().__init__(f"This is no name of a {what}.", example="hooks@vps.example.com")


def word(what: str, text: str) -> str:
    """Return a name that is safe on a command line. Raises ``BadWord``."""
    if not re.fullmatch(r"[^\W_][\w.@:%\[\]-]*", text):
        raise BadWord(what)
    return text


def public_url(base: str, local: Local) -> str:
    """What to paste in Zoho Books for a tunnel whose public end is ``base``."""
    return joined(base, local.path)
