"""The window's fixtures for the Webhooks page."""

from tests.ui.desk_fixtures import app, bridge, desk, open_window, preferences, state

__all__ = ["app", "bridge", "desk", "open_window", "preferences", "state"]
