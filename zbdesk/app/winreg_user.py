"""The current user's registry on Windows, no more of it than starting with the session needs."""

from __future__ import annotations

import importlib
from typing import Any


class UserRegistry:
    """See ``autostart.Registry``. Only on Windows: the module it stands on is nowhere else."""

    def __init__(self) -> None:
        self._winreg: Any = importlib.import_module("winreg")

    def get(self, key: str, name: str) -> bytes | str | None:
        """A value; None where key or value is not there."""
        winreg = self._winreg
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
                value = winreg.QueryValueEx(opened, name)[0]
        except FileNotFoundError:
            return None
        return value if isinstance(value, bytes | str) else None

    def set(self, key: str, name: str, value: str) -> None:
        """Write a text."""
        winreg = self._winreg
        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, key) as opened:
            winreg.SetValueEx(opened, name, 0, winreg.REG_SZ, value)

    def delete(self, key: str, name: str) -> None:
        """Remove a value; not there is fine."""
        winreg = self._winreg
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key, 0, winreg.KEY_SET_VALUE) as opened:
                winreg.DeleteValue(opened, name)
        except FileNotFoundError:
            return
