"""Why a wish of a person's cannot be taken. Each is raised before anything was changed."""

from __future__ import annotations

from collections.abc import Sequence

from zbdesk.domain.documents import FieldError
from zbdesk.domain.errors import Action, UsageError, ZbdeskError
from zbdesk.domain.module import Module


class CannotEdit(ZbdeskError):
    """The wish cannot be taken; nothing was changed."""

    default_action = Action.EDIT_RECORD


class DocumentRefused(CannotEdit):
    """A person's document has faults."""

    def __init__(self, errors: Sequence[FieldError]) -> None:
        said = " ".join(f"{error.field}: {error.message}" if error.field else error.message for error in errors)
        super().__init__("This cannot be saved.", said)
        self.errors = tuple(errors)


class NoSuchRecord(UsageError):
    """The key names no record, or more than one."""

    def __init__(self, module: Module, key: str, count: int = 0) -> None:
        what = f"No {module.singular.lower()}" if count == 0 else f"More than one {module.singular.lower()}"
        super().__init__(
            f"{what} has the key {key}.",
            "Name it by its local id, its Zoho id, its number or SOURCE:ID.",
            subject=key,
        )


class NoSuchAction(UsageError):
    """Nothing of that name can be done with records of this module."""

    def __init__(self, module: Module, action: str, known: Sequence[str]) -> None:
        super().__init__(
            f"{module.label} have no action “{action}”.", f"There are: {', '.join(known)}.", subject=action
        )
