"""Worlds for webhooks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from world import World


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Callable[..., World]]:
    """Make worlds; they are closed at the end."""
    made: list[World] = []

    def build(*modules: str, **options: object) -> World:
        folder = tmp_path / str(len(made))
        folder.mkdir()
        made.append(World(folder, *modules, **options))  # type: ignore[arg-type]
        return made[-1]

    yield build
    for world in made:
        world.close()
