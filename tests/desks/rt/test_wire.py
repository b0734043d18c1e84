"""RT's ways of writing moments, ids and nothing at all."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.desks.rt import wire
from tracker.desks.rt.reading import Me, TicketReader
from tracker.desks.rt.site import read_site
from tracker.desks.rt.words import split_id, text_of, words_by_transaction
from tracker.model.errors import UnexpectedAnswer

READER = TicketReader(read_site(()), Me("jane", "Jane Doe"), "https://desk.test")
MADE = '"Created":"2026-11-22T10:00:00Z","LastUpdated":"2026-11-22T10:00:00Z"'


def ticket(text: str) -> wire.Ticket:
    return msgspec.json.decode(text, type=wire.Ticket)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-30T12:00:00Z", datetime(2026, 11, 30, 12, tzinfo=UTC)),
        ("2026-11-30 12:00:00", datetime(2026, 11, 30, 12, tzinfo=UTC)),
        ("2026-11-30T12:00:00+02:00", datetime(2026, 11, 30, 10, tzinfo=UTC)),
        ("1970-01-01T00:00:00Z", None),
        ("1970-01-01 00:00:00", None),
        ("0001-01-01T00:00:00Z", None),
        ("9999-12-31T23:59:59Z", None),
        ("tomorrow", None),
        ("", None),
        (None, None),
        (7, None),
    ],
)
def test_a_moment_is_in_utc_and_unset_or_absurd_ones_are_none(text: object, moment: datetime | None) -> None:
    assert wire.moment(text) == moment


@given(st.text(max_size=40))
def test_no_text_makes_a_moment_fail(text: str) -> None:
    read = wire.moment(text)
    assert read is None or read.tzinfo is UTC


@pytest.mark.parametrize(("value", "number"), [(7, 7), ("7", 7), ("", 0), (None, 0), ("x", 0), ("9" * 30, 0)])
def test_an_id_may_be_a_number_or_digits(value: object, number: int) -> None:
    assert wire.number(value) == number


def test_nothing_comes_as_an_empty_string_where_a_list_or_a_record_belongs() -> None:
    read = READER.ticket(
        ticket(f'{{"id":"7","Status":"new",{MADE},"CustomFields":"","Owner":"","Queue":"","Requestor":""}}')
    )
    assert (read.id, read.owner, read.promises, read.visit, read.subject) == (
        "7",
        None,
        (),
        None,
        "(no subject)",
    )


@pytest.mark.parametrize("text", ['{"id":"7","Status":"new"}', f'{{"id":"seven",{MADE}}}'])
def test_a_ticket_without_what_it_must_have_is_said(text: str) -> None:
    with pytest.raises(UnexpectedAnswer, match="If this goes on, tell IT"):
        READER.ticket(ticket(text))


def test_a_file_among_the_custom_fields_does_no_harm() -> None:
    picture = '{"id":"9","name":"Picture","values":[{"filename":"x.png"}]}'
    fields = f'[{picture},{{"id":"4","name":"Location","values":[]}}]'
    read = ticket(f'{{"id":7,{MADE},"CustomFields":{fields}}}')
    assert wire.listed(read.custom_fields).keys() == {"Picture"}


def test_a_message_in_two_forms_is_told_once_and_plainly() -> None:
    plain = wire.Part(1, content_type="text/plain", content="Hello")
    rich = wire.Part(2, content_type="text/html", content="<p>Hello <b>you</b></p>")
    assert text_of([rich, plain]) == "Hello"
    assert text_of([rich]) == "Hello you"
    assert text_of([wire.Part(3, content=None)]) == ""


def test_files_and_words_find_their_transaction() -> None:
    texts = [wire.Part("5", transaction_id="60", content_type="text/plain", content="See.")]
    files = [wire.Part("6", transaction_id=60, filename="../a.txt", content_length="3")]
    words = words_by_transaction(texts, files)[60]
    assert (words.text, words.files[0].name, words.files[0].size) == ("See.", "a.txt", 3)
    assert split_id(words.files[0].id) == ("60", "6")
    assert split_id("60") is None
