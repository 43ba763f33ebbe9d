"""The engine's English sentences in the window's language: recognised by pattern, values kept, nothing else touched."""

from __future__ import annotations

import json
import re
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
    known = sentences._known()
    parts = (text, *re.split(r"\n|(?<=[.?!]) |: |, | and | or | \(", text))
    assert sentences._said(text, "none") == text or any(
        found.match(part) or found.match(f"{part}.") for part in parts for found in (known.sentences, known.parts)
    )


@pytest.mark.logs("no sentences")
def test_without_the_file_everything_is_shown_as_it_came(german, monkeypatch, tmp_path, caplog) -> None:
    """A broken installation costs the translation, not the sentence."""
    monkeypatch.setattr(sentences.paths, "resources", lambda: tmp_path)
    sentences.forget()
    try:
        assert sentences.said("Zoho could not be reached.") == "Zoho could not be reached."
    finally:
        sentences.forget()
    assert "sentences.json" in caplog.text


def test_what_is_put_in_is_translated_where_it_is_ours(german) -> None:
    """Counts with their plural, names of lists and fields, reasons; what stands in quotation marks stays."""
    said = sentences.said
    assert said("Read from Zoho Books: 1 new, 1,200 changed.") == "Aus Zoho Books gelesen: 1 neu, 1,200 geändert."
    assert said("1 conflict and 2 problems wait for you.") == "1 Konflikt und 2 Probleme warten auf Sie."
    assert said("Invoices: 3 new, 2 deleted") == "Rechnungen: 3 neu, 2 gelöscht"
    assert "Fälligkeitsdatum, Referenz" in said(
        "Invoice was changed here and in Zoho Books: due_date, reference_number."
    )
    assert said("The field “invoices” is “1 record”.") == "The field “invoices” is “1 record”."
    assert "„invoices“" in said("There is no mapping “invoices”.")


def test_a_reason_inside_a_sentence_is_translated(german) -> None:
    """Behind a colon, with a small letter, in brackets, or in front of what follows from it."""
    said = sentences.said
    assert said("Webhooks do not arrive: the listener on this computer does not answer.") == (
        "Webhooks kommen nicht an: Der Empfänger auf diesem Computer antwortet nicht."
    )
    assert said("It was read. There is no file x.csv. Nothing was taken from it.").endswith(
        "Eine Datei x.csv gibt es nicht. Daraus wurde nichts übernommen."
    )
    assert said("Row 3, amount: “x” is not an amount; write it like 1234.50.").startswith("Row 3, amount: „x“ ist")


def test_a_name_is_not_taken_for_a_count(german) -> None:
    """A company may be called as parts of sentences are worded."""
    assert sentences.said("Connected to State Bank of India.") == "Mit State Bank of India verbunden."


def test_lines_are_translated_one_by_one(german) -> None:
    """A note of several lines keeps its lines."""
    said = sentences.said("Zoho could not be reached.\nEverything is up to date.")
    assert said.split("\n")[0] == "Zoho war nicht zu erreichen."
    assert len(said.split("\n")) == 2


def test_a_page_of_history_tries_few_patterns(german) -> None:
    """A sentence is tried against the patterns that share its rarest word, not against all of them; then kept."""
    known = sentences._known().sentences
    assert len(list(known.templates)) > 800
    lines = [f"Invoice INV-{at}: deleted in Zoho Books. The last known state is kept here." for at in range(100)]
    sentences.forget()
    known = sentences._known()
    said = [sentences.said(line) for line in lines]
    assert said[7].startswith("Invoice INV-7: in Zoho Books gelöscht")
    tries = known.sentences.tries + known.parts.tries
    assert tries < 40 * len(lines)
    assert [sentences.said(line) for line in lines] == said
    assert known.sentences.tries + known.parts.tries == tries


def test_no_word_makes_many_patterns_be_tried() -> None:
    """The index stays even as sentences come: no word finds more than a few dozen patterns."""
    found_by = sentences._known().sentences._found_by
    worst = max((len(found), word) for word, found in found_by.items())
    assert worst[0] <= 30, worst
