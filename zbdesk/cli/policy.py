"""``policy`` and ``recognition``: what zbdesk may do with each module, and by what Zoho tells our records apart."""

from __future__ import annotations

from typing import Annotated

import typer

from zbdesk.app import policies, recognition
from zbdesk.app.desk import NotConnected
from zbdesk.app.policies import PolicyView
from zbdesk.app.reader import Reader
from zbdesk.cli.options import JsonOption
from zbdesk.cli.output import document, say, show, table
from zbdesk.cli.place import Place
from zbdesk.domain.errors import UsageError
from zbdesk.domain.modules import module as find_module
from zbdesk.sync.recognition import RecognitionView, candidates

policy = typer.Typer(help="What zbdesk may do with each module.", invoke_without_command=True)
known = typer.Typer(help="By what Zoho tells our records apart.", invoke_without_command=True)


class NoSetting(UsageError):
    """A setting is not of the form KEY=VALUE."""

    def __init__(self, text: str) -> None:
        super().__init__(f"{text} is no setting.", "Write KEY=VALUE, as in direction=push or always.notes=local.")


class NoModuleNamed(UsageError):
    """It was not said for which modules."""

    def __init__(self) -> None:
        super().__init__("For which module?", "Name one or more, as in invoices, or use --all.")


@policy.callback()
def show_policies(context: typer.Context, *, json: JsonOption = False) -> None:
    """Show it for every module that is on."""
    if context.invoked_subcommand is not None:
        return
    place: Place = context.obj
    with place.open() as desk:
        found = desk.read(_policies).result()
    if json:
        document({view.module: {**view.values, "chosen": view.chosen} for view in found})
        return
    for view in found:
        show(f"{view.module}: {_said(view)}")


def _policies(reader: Reader) -> list[PolicyView]:
    found = reader.policies()
    if found is None:
        raise NotConnected
    return found


def _said(view: PolicyView) -> str:
    parts = []
    for key, value in view.values.items():
        if isinstance(value, bool):
            parts.append(f"{key}={'yes' if value else 'no'}")
        elif isinstance(value, dict):
            parts += [f"{key}.{name}={side}" for name, side in value.items()]
        elif isinstance(value, list):
            parts += [f"{key}={','.join(value)}"] if value else []
        else:
            parts.append(f"{key}={value}")
    return " ".join(parts)


@policy.command("set")
def set_policy(
    context: typer.Context,
    module: str,
    settings: Annotated[list[str], typer.Argument(metavar="KEY=VALUE ...", help="VALUE default takes a choice back.")],
    *,
    json: JsonOption = False,
) -> None:
    """Set something for one module; it holds from the next sync."""
    place: Place = context.obj
    name = find_module(module).name
    wishes = dict(_setting(text) for text in settings)
    with place.open() as desk:
        view = policies.choose(desk, name, wishes)
    if json:
        document({view.module: {**view.values, "chosen": view.chosen}})
    say(f"{view.module}: {_said(view)}", "It holds from the next sync.")


def _setting(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals or not key or not value:
        raise NoSetting(text)
    return key.strip(), value.strip()


@known.callback()
def show_recognition(context: typer.Context, *, json: JsonOption = False) -> None:
    """Show it for every module that is on."""
    if context.invoked_subcommand is not None:
        return
    place: Place = context.obj
    with place.open() as desk:
        found = desk.read(_recognition).result()
    if json:
        document({view.module: _as_json(view) for view in found})
        return
    rows = ((view.module, recognition.ways(view), recognition.sentence(view)) for view in found)
    show(table(("Module", "Recognised by", "Field"), rows))
    for text in dict.fromkeys(recognition.remedy(view) for view in found if recognition.remedy(view)):
        say(text)


def _recognition(reader: Reader) -> list[RecognitionView]:
    found = reader.recognition()
    if found is None:
        raise NotConnected
    return found


def _as_json(view: RecognitionView) -> dict[str, object]:
    return {
        "by": list(view.ways),
        "field": view.field or None,
        "standing": view.standing.value,
        "checked_at": view.checked_at or None,
        "wanted": view.wanted,
        "message": recognition.sentence(view),
        "remedy": recognition.remedy(view) or None,
    }


@known.command("check")
def check(context: typer.Context) -> None:
    """Ask Zoho again with the next sync."""
    _ask(context, "look", [])


@known.command("set-up")
def set_up(
    context: typer.Context,
    modules: Annotated[list[str] | None, typer.Argument(metavar="MODULE ...")] = None,
    *,
    everything: Annotated[bool, typer.Option("--all", help="All modules that can have it.")] = False,
) -> None:
    """Let the next sync make the field that refuses duplicates."""
    _ask(context, "make", _chosen(modules, everything=everything))


@known.command("vouch")
def vouch(
    context: typer.Context,
    modules: Annotated[list[str] | None, typer.Argument(metavar="MODULE ...")] = None,
    *,
    everything: Annotated[bool, typer.Option("--all", help="All modules that can have it.")] = False,
) -> None:
    """Say that you have seen in Zoho Books that the field refuses duplicates."""
    _ask(context, "vouch", _chosen(modules, everything=everything))


def _chosen(modules: list[str] | None, *, everything: bool) -> list[str]:
    if bool(modules) is everything:
        raise NoModuleNamed
    return [module.name for module in candidates()] if everything else [find_module(one).name for one in modules or ()]


def _ask(context: typer.Context, what: str, modules: list[str]) -> None:
    place: Place = context.obj
    with place.open() as desk:
        recognition.ask(desk, what, modules)
    say("Noted. The next sync carries it out; then look with `zbdesk recognition`.")
