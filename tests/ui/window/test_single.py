"""One window a data directory."""

from __future__ import annotations

from zbdesk.ui.single import SingleInstance, name_of


def test_second_start_raises_the_first(qtbot, app, tmp_path):
    """The first window is told to come to the front; the second has nothing to do."""
    first = SingleInstance(tmp_path)
    assert not first.hand_over()
    assert first.listen()
    second = SingleInstance(tmp_path)
    with qtbot.waitSignal(first.raised):
        assert second.hand_over()
    first.close()


def test_directories_do_not_disturb_each_other(app, tmp_path):
    """Two companies in two directories are two windows; one directory spelled twice is one."""
    (tmp_path / "a").mkdir()
    assert name_of(tmp_path / "a") != name_of(tmp_path / "b")
    assert name_of(tmp_path / "a") == name_of(tmp_path / "b" / ".." / "a")


def test_after_the_first_has_ended_another_may_begin(app, tmp_path):
    """Closing frees the place, twice is harmless."""
    first = SingleInstance(tmp_path)
    first.listen()
    first.close()
    first.close()
    second = SingleInstance(tmp_path)
    assert not second.hand_over()
    assert second.listen()
    second.close()
