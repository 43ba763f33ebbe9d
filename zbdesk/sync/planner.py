"""One record's three states and a policy to one action. Pure: no clock, no database, no network; it changes nothing.

The engine observes, plans, acts and observes again until every plan is *nothing*, *conflict*, *refuse* or *wait*.
Invariants: total over its inputs; what both sides already say is never written; nothing that one side deleted and the
other changed is lost without a question.
"""

from __future__ import annotations

from dataclasses import replace

from zbdesk.domain.module import Module
from zbdesk.sync.actions import (
    GONE,
    RECORD,
    STATUS,
    Action,
    AdoptDeletion,
    AdoptRemote,
    Agree,
    Base,
    ClashingField,
    Conflict,
    Create,
    Delete,
    Fields,
    Forget,
    Link,
    LocalSide,
    Merge,
    Nothing,
    ReadFirst,
    Remote,
    RemoteSide,
    StatusAction,
    TakeOver,
    Update,
)
from zbdesk.sync.deeds import word_of
from zbdesk.sync.merge import Merged, differing, local_changed, merge, remote_differs
from zbdesk.sync.policy import ModulePolicy, Verb
from zbdesk.sync.refusals import deleted_there, no_such_action, refusal, waiting
from zbdesk.sync.wishes import is_fulfilled, is_settled, is_void, standing, wish_action


def plan(module: Module, remote: Remote, local: LocalSide | None, base: Base | None, policy: ModulePolicy) -> Action:
    """The one thing to do next for this record. Deterministic and total; the table of its test names every case."""
    if local is None:
        return _known_there_only(remote, base, policy)
    local = replace(local, fields=_writable(module, local.fields))
    if remote is None:
        return _not_there(module, local, base, policy)
    if remote is GONE:
        return _gone_there(module, local, base, policy)
    if local.deleted:
        return _unwanted_here(module, remote, base, policy)
    if base is None:
        return _first_link(remote, local, policy)
    return _known_to_both(module, remote, local, base, policy)


# -- one side only ----------------------------------------------------------------------------------------------------


def _known_there_only(remote: Remote, base: Base | None, policy: ModulePolicy) -> Action:
    """Mirrored, unless the policy makes it ours. A base without a local side: ours was given up on purpose."""
    if not isinstance(remote, RemoteSide) or base is not None or not (policy.take_over_new and policy.pulls):
        return Nothing()
    if is_void(remote.status) or (policy.ignore_vendors and remote.fields.get("contact_type") == "vendor"):
        return Nothing()
    return TakeOver(remote.fields) if remote.complete else ReadFirst()


def _not_there(module: Module, local: LocalSide, base: Base | None, policy: ModulePolicy) -> Action:
    if base is not None:
        # Both agreed once, so there is a record there: what became of it must be read, not guessed.
        return ReadFirst()
    return Forget() if local.deleted else _create(module, local, policy)


def _gone_there(module: Module, local: LocalSide, base: Base | None, policy: ModulePolicy) -> Action:
    if base is None:
        # Never agreed on, or a person kept ours after the deletion: the tombstone is not this document's.
        return Forget() if local.deleted else _create(module, local, policy)
    if local.deleted:
        return AdoptDeletion()
    if _is_touched(local, base):
        return Conflict((ClashingField(RECORD, None, "edited", "deleted"),))
    return AdoptDeletion() if policy.pulls else deleted_there(module)


def _create(module: Module, local: LocalSide, policy: ModulePolicy) -> Action:
    return (
        refusal(module, policy, Verb.CREATE)
        or waiting(local)
        or Create({name: value for name, value in local.fields.items() if value is not None})
    )


def _unwanted_here(module: Module, remote: RemoteSide, base: Base | None, policy: ModulePolicy) -> Action:
    """Our side deleted it. Never blindly: what was edited there meanwhile is shown first."""
    if base is None:
        return Forget()
    if refused := refusal(module, policy, Verb.DELETE):
        return refused
    if not remote.complete:
        return ReadFirst()
    # A payment that went again changes nothing of the document itself: often it was deleted together with it.
    is_open_again = is_settled(base.status) and not is_settled(remote.status) and not is_void(remote.status)
    if remote_differs(base, remote.fields) or (_status_moved(base, remote) and not is_open_again):
        return Conflict((ClashingField(RECORD, None, "deleted", "edited"),))
    return Delete()


# -- both sides -------------------------------------------------------------------------------------------------------


def _first_link(remote: RemoteSide, local: LocalSide, policy: ModulePolicy) -> Action:
    """The two were found to be one by name, e-mail or number, and never agreed before."""
    if not remote.complete:
        return ReadFirst()
    names = differing(local.fields, remote.fields)
    if policy.first_link_takes_remote:
        adopt = {name: remote.fields[name] for name in names}
        return Link("remote_wins" if adopt else "equal", adopt)
    if stopped := waiting(local):
        return stopped
    if names:
        return Conflict(tuple(ClashingField(name, None, local.fields[name], remote.fields[name]) for name in names))
    return Link("equal")


def _known_to_both(module: Module, remote: RemoteSide, local: LocalSide, base: Base, policy: ModulePolicy) -> Action:
    merged = merge(_writable_base(module, base), local.fields, remote.fields, policy.always)
    if not remote.complete and (_is_touched(local, base) or _is_newer(base, remote, merged)):
        return ReadFirst()
    clashes = merged.clashes + _status_clash(module, remote, local, base, merged)
    if clashes:
        return Conflict(clashes)
    if merged.to_remote or local.unresolved:
        return _send(module, local, merged, policy)
    return _take(remote, base, merged, policy, wishes=bool(local.wishes)) or _grant(module, remote, local, policy)


def _take(remote: RemoteSide, base: Base, merged: Merged, policy: ModulePolicy, *, wishes: bool) -> Action | None:
    """What came from Zoho, fields before wishes; a moved status after them, since a wish moves it once more."""
    status = remote.status if _status_moved(base, remote) else None
    if merged.to_local and policy.pulls:
        return AdoptRemote(merged.to_local, status)
    if wishes:
        return None
    if status and policy.pulls:
        return AdoptRemote(status=status)
    return Agree() if merged.settled else Nothing()


def _send(module: Module, local: LocalSide, merged: Merged, policy: ModulePolicy) -> Action:
    to_local = merged.to_local if policy.pulls else {}
    stopped = refusal(module, policy, Verb.UPDATE) or waiting(local)
    if stopped:
        # What cannot leave does not keep out what comes in.
        return AdoptRemote(to_local) if to_local else stopped
    return Merge(merged.to_remote, to_local) if to_local else Update(merged.to_remote)


def _grant(module: Module, remote: RemoteSide, local: LocalSide, policy: ModulePolicy) -> Action:
    """The next wish that Zoho's status does not show yet."""
    open_wishes = [wish for wish in local.wishes if not is_fulfilled(module, wish, remote.status)]
    if not open_wishes:
        return Nothing(fulfilled=local.wishes)
    wish = open_wishes[0]
    done = local.wishes[: local.wishes.index(wish)]
    action = wish_action(module, wish)
    if action is None:
        return no_such_action(module, wish)
    return refusal(module, policy, Verb.UPDATE, Verb(action.needs)) or StatusAction(action.name, wish, done)


def _status_clash(
    module: Module, remote: RemoteSide, local: LocalSide, base: Base, merged: Merged
) -> tuple[ClashingField, ...]:
    """A void there against work here, or our void against money that arrived there meanwhile."""
    pending = tuple(wish for wish in local.wishes if not is_fulfilled(module, wish, remote.status))
    working = bool(pending or local.unresolved or merged.to_remote or merged.clashes)
    voided = is_void(remote.status) and not is_void(base.status) and working
    paid = "void" in pending and is_settled(remote.status) and _status_moved(base, remote)
    if not voided and not paid:
        return ()
    return (ClashingField(STATUS, base.status, word_of(pending[0]) if pending else "edited", remote.status),)


# -- questions --------------------------------------------------------------------------------------------------------


def _writable(module: Module, fields: Fields) -> Fields:
    """Only what the module declares as ours to write."""
    return {name: value for name, value in fields.items() if name in module.write_fields}


def _writable_base(module: Module, base: Base) -> Base:
    return replace(base, local=_writable(module, base.local))


def _is_touched(local: LocalSide, base: Base) -> bool:
    """Whether our side wants anything that Zoho does not have yet."""
    return bool(
        local.wishes or local.unresolved or any(local_changed(base, local.fields, name) for name in local.fields)
    )


def _status_moved(base: Base, remote: RemoteSide) -> bool:
    """Whether somebody changed the status since; not the calendar. A status not known then has not moved."""
    return base.status is not None and standing(base.status) != standing(remote.status)


def _is_newer(base: Base, remote: RemoteSide, merged: Merged) -> bool:
    """Whether a list row alone shows that its detail must be read: by its stamp, else by what the row holds."""
    if base.modified_at is not None and remote.modified_at is not None:
        return base.modified_at != remote.modified_at
    return bool(merged.to_local or merged.settled)
