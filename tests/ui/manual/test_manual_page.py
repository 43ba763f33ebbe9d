"""The manual in the window: contents, search, links, pictures, F1. And every page of it is whole."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QImage, QTextDocument

from tests.ui import meridian
from zbdesk.app import manual
from zbdesk.ui.help import HelpPage
from zbdesk.ui.main_window import MainWindow

PLACE = manual.folder()
TOPICS = {topic.key: topic for topic in manual.topics()}
LISTED = [topic for topic in TOPICS.values() if topic.key not in manual.BACKGROUND]


def opened(window: MainWindow) -> HelpPage:
    """The help page of a window."""
    window.go("help")
    page = window.pages.currentWidget()
    assert isinstance(page, HelpPage)
    return page


@pytest.fixture
def window(open_window: Callable[..., MainWindow], tmp_path: Path) -> MainWindow:
    """A window on its dashboard."""
    return open_window(meridian.desk(tmp_path))


def test_every_page_of_the_folder_is_a_topic() -> None:
    """Nothing that is written can be forgotten, and the order names only what is there."""
    assert set(TOPICS) == {file.stem for file in PLACE.glob("*.md")}
    assert set(manual.ORDER) <= set(TOPICS)
    assert all(topic.title != topic.key for topic in TOPICS.values()), "each has a heading of its own"


def test_every_topic_is_reached_from_the_contents_or_by_a_link(window: MainWindow) -> None:
    """Listed pages stand in the contents in their order; the rest is linked from a listed one or from another page."""
    page = opened(window)
    shown = [page.contents.item(row).text() for row in range(page.contents.count())]
    assert shown[1:] == [topic.title for topic in LISTED]
    for key in manual.BACKGROUND & set(TOPICS):
        sources = [topic.source for topic in TOPICS.values() if topic.key != key]
        readme = (PLACE.parent / "README.md").read_text(encoding="utf-8")
        assert any(f"({key}.md" in text for text in sources) or f"docs/{key}.md" in readme, key


@pytest.mark.parametrize("topic", LISTED, ids=lambda topic: topic.key)
def test_links_and_anchors_lead_somewhere(topic: manual.Topic) -> None:
    """Each link of the manual opens a topic, a heading that exists, a picture, or the web."""
    for path, fragment in re.findall(r"\]\(([^)#\s]*)(?:#([^)\s]+))?\)", topic.source):
        if "://" in path or path.startswith(("screenshots/", "decisions/")):
            continue
        target = TOPICS[path.removesuffix(".md")] if path else topic
        if fragment:
            assert fragment in {section.anchor for section in target.sections}, f"{path}#{fragment}"


@pytest.mark.parametrize(
    "page", ["conflicts", "problems", "outgoing", "month_end", "activity", "settings", "dashboard"]
)
def test_f1_opens_the_topic_of_the_page(window: MainWindow, page: str) -> None:
    """Help knows where one comes from, and stays where it is when asked again."""
    if page == "month_end":
        from tests.ui.fake_closing import attach

        attach(window.bridge._desk)  # type: ignore[arg-type]
    window.go(page)
    window.actions_.help.trigger()
    help_page = window.pages.currentWidget()
    assert isinstance(help_page, HelpPage)
    assert help_page.browser.topic is not None
    assert help_page.browser.topic.key == manual.topic_of(page)
    assert help_page.contents.currentItem().text() == help_page.browser.topic.title
    window.actions_.help.trigger()
    assert help_page.browser.topic.key == manual.topic_of(page)


def test_all_words_are_searched_for_without_case_or_accents(window: MainWindow) -> None:
    """Results take the place of the contents; Enter opens the first; clearing brings the contents back."""
    page = opened(window)
    before = page.contents.count()
    page.field.setText("WRONG sécret")
    assert 0 < page.contents.count() < before + 40
    assert "place" in page.found.text()
    page.field.returnPressed.emit()
    assert page.browser.topic is not None
    assert "secret" in page.browser.toPlainText().casefold()
    page.field.setText("xyzzy nowhere")
    assert page.contents.count() == 0
    assert page.found.text() == "Nothing fits. Try fewer words."
    page.field.clear()
    assert page.contents.count() == before
    assert not page.found.isVisible()


SYMPTOMS = (
    "wrong secret", "wrong region", "currency missing", "inbound off", "mapping missing", "token expired",
    "invoices late", "totals differ", "wrong month", "two of the same invoice",
)  # fmt: skip
ELSEWHERE = [("sign off", "month-end"), ("rotate secret", "webhooks"), ("cloudflared", "tunnels"),
             ("watched folders", "import")]  # fmt: skip


@pytest.mark.parametrize(("words", "topic"), [*((words, "troubleshooting") for words in SYMPTOMS), *ELSEWHERE])
def test_what_people_look_for_is_found(words: str, topic: str) -> None:
    """The words of a person lead to the page that helps."""
    assert topic in {hit.topic for hit in manual.search(words, LISTED)}


def test_a_row_that_has_all_words_comes_before_a_page_that_has_them_somewhere() -> None:
    """The first hit is the answer, and what is shown of it is the row itself."""
    first = manual.search("wrong secret", LISTED)[0]
    assert first.topic == "troubleshooting"
    assert first.snippet.startswith('"It says the secret is wrong')
    heading = manual.search("signing off", LISTED)[0]
    assert (heading.topic, heading.heading) == ("month-end", "Signing off")
    assert manual.search("", LISTED) == []


def test_a_link_opens_its_topic_and_the_web_goes_to_the_browser(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between pages one stays in the window; nothing is loaded from outside."""
    page = opened(window)
    page.show_topic("daily-work")
    page.browser.anchorClicked.emit(QUrl("two-ways.md#the-history"))
    assert page.browser.topic is not None
    assert page.browser.topic.key == "two-ways"
    went: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: went.append(url.toString()) or True)
    page.browser.anchorClicked.emit(QUrl("https://www.zoho.com/books/"))
    assert went == ["https://www.zoho.com/books/"]
    assert page.browser.topic.key == "two-ways"


def test_pictures_are_those_of_the_folder_and_no_others(window: MainWindow, tmp_path: Path) -> None:
    """A picture fits into the page; a way out of the folder, or into the web, shows nothing."""
    page = opened(window)
    page.show_topic("daily-work")
    kind = int(QTextDocument.ResourceType.ImageResource.value)
    picture = page.browser.loadResource(kind, QUrl("screenshots/records.png"))
    assert isinstance(picture, QImage)
    assert 0 < picture.width() / picture.devicePixelRatio() <= page.browser.viewport().width()
    outside = tmp_path / "secret.png"
    outside.write_bytes((PLACE / "screenshots" / "records.png").read_bytes())
    for name in (f"../../../../../../..{outside}", str(outside), "https://example.org/a.png", "../README.md"):
        assert page.browser.loadResource(kind, QUrl(name)) is None


def test_a_program_without_its_manual_says_so(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys and shapes are shown all the same."""
    monkeypatch.setattr(manual, "folder", lambda: (_ for _ in ()).throw(manual.ManualMissing()))
    page = opened(window)
    assert page.contents.count() == 1
    assert page.stack.currentWidget() is page.glance


def test_troubleshooting_answers_in_three_columns() -> None:
    """Every row has a symptom, a cause and what to do; the symptoms of people stand in quotes."""
    rows = [line for line in TOPICS["troubleshooting"].source.splitlines() if line.startswith('| "')]
    assert len(rows) >= 20
    for row in rows:
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        assert len(cells) == 3
        assert all(cells), row
