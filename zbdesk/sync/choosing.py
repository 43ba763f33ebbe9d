"""Which lists a pass reads when nobody names any. Pure: the modules' states in, names out.

Lists below other records (tasks of a project, rates of a currency) cost a call for each parent. They are no part of a
first load or of an ordinary pass; a full pass, a person's or the night's, reads the cheap ones: those whose parent is
on and has few records. Contact persons come with the detail of their contact and are listed only when named. Lists
that merely refer to a parent (credit note refunds) are read like all others. Tax groups have no list call at all.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from zbdesk.domain.module import Feed, Module
from zbdesk.domain.modules import MODULES
from zbdesk.domain.views import ModuleCounts
from zbdesk.sync.reading import SELDOM, seldom_changes

MOST_PARENTS = 50
"""A list below other records is read unasked for up to so many of them."""

WITH_DETAIL = frozenset({"contact_persons"})
"""Come with the detail of their parent: a call for each parent more would bring nothing new."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What kind of pass it is.

    ``broken_off``: the one before it did not come to its end. ``troubled``: modules that are off or have problems of
    their own; nobody waits for their first load. ``refused``: modules that are off and stand on Problems for it.
    """

    now: datetime
    full: bool = False
    background: bool = False
    broken_off: bool = False
    troubled: Collection[str] = frozenset()
    refused: Collection[str] = frozenset()


def unasked(states: Mapping[str, ModuleCounts], wish: Wish) -> frozenset[str]:
    """Name the lists to read.

    A full pass reads all that are on, also those that are off for a reason. Else what was read within the hour is left
    out where reading it again would be a waste: in the background what seldom changes (at a poll every 15 minutes,
    settings alone would cost a tenth of a small plan's calls), and when a first load that broke off goes on, every
    list that it had finished.
    """
    on = {name: MODULES[name] for name, state in states.items() if state.enabled and name in MODULES}
    listed = {name: module for name, module in on.items() if module.listed}
    if wish.full:
        return frozenset(name for name, module in listed.items() if _is_cheap(module, states))
    # A click tries again what waits on Problems: the role or the plan may have been changed for it.
    again = frozenset() if wish.background else frozenset(wish.refused)
    ordinary = {
        name: module
        for name, module in listed.items()
        if module.feed is not Feed.NESTED and (states[name].off_reason is None or name in again)
    }
    resumed = wish.broken_off and any(not states[name].first_done and name not in wish.troubled for name in ordinary)
    return frozenset(
        name
        for name, module in ordinary.items()
        if not (_is_fresh(states[name], wish.now) and (resumed or (wish.background and seldom_changes(module))))
    )


def affordable(module: Module, parents: int) -> bool:
    """Whether a list below so many other records is read without having been named."""
    return module.feed is not Feed.NESTED or (module.name not in WITH_DETAIL and parents <= MOST_PARENTS)


def parent_of(module: Module, states: Mapping[str, ModuleCounts]) -> ModuleCounts | None:
    """How the parent of a list below other records stands; None where it is not read."""
    state = states.get(module.parent or "")
    return state if state is not None and state.enabled else None


def _is_cheap(module: Module, states: Mapping[str, ModuleCounts]) -> bool:
    if module.feed is not Feed.NESTED:
        return True
    parent = parent_of(module, states)
    return parent is not None and affordable(module, parent.remote)


def _is_fresh(state: ModuleCounts, now: datetime) -> bool:
    return state.first_done and state.as_of is not None and abs(now - state.as_of) < SELDOM
