"""What a person may set about a module, in words: reading it, checking it, and telling it again. Pure.

The one list of keys behind ``zbdesk policy``, Settings and the conflicts screen. Invariant: what is accepted here is
accepted by ``policy_for``, and what is told here can be given back as it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from zbdesk.domain.errors import UsageError
from zbdesk.domain.module import Module
from zbdesk.sync.policy import Direction, ModulePolicy

ALWAYS = "always"
DEFAULT = "default"
_YES, _NO = frozenset({"yes", "true", "on", "1"}), frozenset({"no", "false", "off", "0"})
_SIDES = {"local": "local", "remote": "remote"}


class BadPolicy(UsageError):
    """A setting of a module has a name or a value that it cannot have; nothing was changed."""

    def __init__(self, module: Module, key: str, wanted: str, value: object = None) -> None:
        found = "" if value is None else f" “{value}” is not."
        super().__init__(f"{module.label}: {key} must be {wanted}.{found}", "Nothing was changed.", subject=key)


class NoSuchPolicy(UsageError):
    """There is no setting of that name for the module."""

    def __init__(self, module: Module, key: str) -> None:
        super().__init__(
            f"{module.label} have no setting “{key}”.", f"There are: {', '.join(keys_of(module))}.", subject=key
        )


@dataclass(frozen=True, slots=True)
class _Key:
    """One setting: its word for people, the field of ``ModulePolicy``, and which modules have it."""

    word: str
    field: str
    read: Callable[[str], object]
    wanted: str
    only: frozenset[str] = frozenset()


def _yes(text: str) -> object:
    word = text.strip().casefold()
    return True if word in _YES else False if word in _NO else None


def _direction(text: str) -> object:
    word = text.strip().casefold()
    return word if word in {one.value for one in Direction} else None


def _names(text: str) -> object:
    return sorted({name.strip() for name in text.split(",") if name.strip()}) or None


_CONTACTS = frozenset({"contacts"})
_KEYS = (
    _Key("direction", "direction", _direction, "both, pull or push"),
    _Key("create", "may_create", _yes, "yes or no"),
    _Key("update", "may_update", _yes, "yes or no"),
    _Key("delete", "may_delete", _yes, "yes or no"),
    _Key("ignore_vendors", "ignore_vendors", _yes, "yes or no", _CONTACTS),
    _Key("link_by_email", "link_by_email", _yes, "yes or no", _CONTACTS),
    _Key("link_by_name", "link_by_name", _yes, "yes or no", _CONTACTS),
    _Key("one_line_quantity_one", "one_line_quantity_one", _names, "names of sources with commas between them"),
)


def keys_of(module: Module) -> tuple[str, ...]:
    """The settings that a module has, as a person writes them."""
    return (*(key.word for key in _KEYS if _fits(key, module)), f"{ALWAYS}.FIELD")


def changed(module: Module, chosen: Mapping[str, Any], wishes: Mapping[str, str]) -> dict[str, Any]:
    """The module's choices after these wishes: setting to value, ``default`` takes a choice back.

    Raises ``NoSuchPolicy`` and ``BadPolicy``, naming the setting; then nothing is changed.
    """
    found = {name: dict(value) if isinstance(value, Mapping) else value for name, value in chosen.items()}
    for word, text in wishes.items():
        if word.partition(".")[0] == ALWAYS and "." in word:
            _set_always(module, found, word, text)
            continue
        key = next((one for one in _KEYS if one.word == word and _fits(one, module)), None)
        if key is None:
            raise NoSuchPolicy(module, word)
        if text.strip().casefold() == DEFAULT:
            found.pop(key.field, None)
            continue
        value = key.read(text)
        if value is None:
            raise BadPolicy(module, word, key.wanted, text)
        found[key.field] = value
    return found


def _set_always(module: Module, found: dict[str, Any], word: str, text: str) -> None:
    name = word.partition(".")[2]
    if name not in module.write_fields:
        raise BadPolicy(module, word, "about a field that zbdesk writes")
    rules = dict(found.get(ALWAYS) or {})
    side = text.strip().casefold()
    if side in {DEFAULT, "ask"}:
        rules.pop(name, None)
    elif side in _SIDES:
        rules[name] = _SIDES[side]
    else:
        raise BadPolicy(module, word, "local, remote or ask", text)
    if rules:
        found[ALWAYS] = rules
    else:
        found.pop(ALWAYS, None)


def overrides(module: Module, stored: Mapping[str, Any]) -> dict[str, Any]:
    """What was stored as fields of ``ModulePolicy``. A name of a later version is left out, never guessed."""
    found: dict[str, Any] = {}
    for key in _KEYS:
        if key.field in stored and _fits(key, module):
            value = stored[key.field]
            found[key.field] = frozenset(str(one) for one in value) if isinstance(value, list | tuple) else value
    rules = stored.get(ALWAYS)
    if isinstance(rules, Mapping):
        found[ALWAYS] = {str(name): side for name, side in rules.items() if side in _SIDES}
    return found


def told(module: Module, policy: ModulePolicy) -> dict[str, object]:
    """The policy in the words in which it is set."""
    found: dict[str, object] = {}
    for key in _KEYS:
        if not _fits(key, module):
            continue
        value = getattr(policy, key.field)
        found[key.word] = sorted(value) if isinstance(value, frozenset) else getattr(value, "value", value)
    found[ALWAYS] = dict(policy.always)
    return found


def _fits(key: _Key, module: Module) -> bool:
    if key.word == "one_line_quantity_one" and "line_items" not in module.write_fields:
        return False
    return not key.only or module.name in key.only
