"""Fixtures of the window's tests."""

from tests.ui.desk_fixtures import app, bridge, desk, open_window, preferences, state

__all__ = ["app", "bridge", "desk", "open_window", "preferences", "state"]
