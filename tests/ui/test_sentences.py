"""The engine's English sentences in the window's language: recognised by pattern, values kept, nothing else touched."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from tests.ui import pseudo
from zbdesk.sync import messages
from zbdesk.ui import languages, sentences


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    """The window speaks German."""
    languages.install(qapp, "de")
    yield
    languages.install(qapp, "en")


def test_the_patterns_are_those_of_the_code() -> None:
    """A sentence that is worded anew is known anew: the file is what the tool reads from the engine."""
    file = pseudo.ROOT / "resources" / "translations" / "sentences.json"
    assert json.loads(file.read_text(encoding="utf-8")) == pseudo.tool().sentences()


def test_english_is_shown_as_it_came(qapp: QApplication) -> None:
    """Without another language no sentence is looked at."""
    languages.install(qapp, "en")
    assert sentences.said("Zoho could not be reached.") == "Zoho could not be reached."


def test_a_failure_speaks_the_language(german) -> None:
    """Title and message of what the window shows most; the error itself keeps its English for log and files."""
    error = messages.SignInFirst()
    assert sentences.said(error.title) == "Bei Zoho Books muss man sich erneut anmelden."
    assert sentences.said(error.message) == "Nichts wurde angefragt. Was hier ist, bleibt."
    assert error.title == "Zoho Books must be signed in again."
    assert sentences.said(messages.STOPPED).startswith("Angehalten.")


def test_values_are_put_in_and_names_of_modules_translated(german) -> None:
    """The currency and the count stand in the sentence; the list is called what the navigation calls it."""
    assert sentences.said("There is no exchange rate for USD in Zoho Books.") == (
        "Für USD gibt es in Zoho Books keinen Wechselkurs."
    )
    assert "Rechnungen" in sentences.said(messages.mass_deletion("invoices", 1200, 3000)[0])
    assert "1,200" in sentences.said(messages.mass_deletion("invoices", 1200, 3000)[0])


def test_a_title_without_its_full_stop_is_known_too(german) -> None:
    """Problems are headed by the sentence without its stop."""
    assert sentences.said("There is no exchange rate for USD in Zoho Books") == (
        "Für USD gibt es in Zoho Books keinen Wechselkurs"
    )


def test_known_and_unknown_sentences_stand_beside_each_other(german) -> None:
    """What is not known stays as it came, and does not keep its neighbour from being translated."""
    said = sentences.said("The cat sat here. Zoho could not be reached. And it stayed.")
    assert said == "The cat sat here. Zoho war nicht zu erreichen. And it stayed."


def test_a_value_never_swallows_a_sentence(german) -> None:
    """Two sentences are not one sentence with a long name in it."""
    said = sentences.said("Nobody knows why. Invoices could not be read.")
    assert said.startswith("Nobody knows why. ")
    assert "Rechnungen" in said


@given(st.text(max_size=60))
def test_any_text_comes_back_whole_or_translated(text: str) -> None:
    """Text that is no sentence of the engine is never changed, whatever it holds."""
    sentences._said.cache_clear()
    assert sentences._said(text, "none") == text or any(
        pattern.fullmatch(part) or pattern.fullmatch(f"{part}.")
        for part in (text, *re.split(r"(?<=[.?!]) ", text))
        for _, pattern in sentences._patterns()
    )


@pytest.mark.logs("no sentences")
def test_without_the_file_everything_is_shown_as_it_came(german, monkeypatch, tmp_path, caplog) -> None:
    """A broken installation costs the translation, not the sentence."""
    monkeypatch.setattr(sentences.paths, "resources", lambda: tmp_path)
    sentences._patterns.cache_clear()
    sentences._said.cache_clear()
    try:
        assert sentences.said("Zoho could not be reached.") == "Zoho could not be reached."
    finally:
        sentences._patterns.cache_clear()
        sentences._said.cache_clear()
    assert "sentences.json" in caplog.text


def test_a_page_of_history_is_recognised_in_a_blink(german) -> None:
    """Two hundred lines that are shown for the first time cost less than a frame and a half each hundred."""
    lines = [f"Invoice INV-{at}: deleted in Zoho Books. The last known state is kept here." for at in range(200)]
    sentences.said("Zoho could not be reached.")
    began = time.perf_counter()
    said = [sentences.said(line) for line in lines]
    taken = time.perf_counter() - began
    assert said[7].startswith("Invoice INV-7: in Zoho Books gelöscht")
    assert taken < 0.2
