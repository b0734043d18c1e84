"""Values come back from bytes as they went in; other bytes are said to be damaged."""

import random
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.samples import create, event, notice, reply, ticket
from tracker.model.attachment import LocalFile
from tracker.model.attention import Attention
from tracker.model.catalogue import Service
from tracker.model.command import Command, CreateTicket, PostReply
from tracker.model.draft import Draft
from tracker.model.event import Details, Event
from tracker.model.line import Line
from tracker.model.notice import Notice
from tracker.model.ticket import Ticket
from tracker.store import codec, meta, notice_codec
from tracker.store.errors import Damaged
from tracker.store.rows import event_of, event_row, pending_of

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
zones = st.just(UTC) | st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))
times = st.datetimes(datetime(1900, 1, 1), datetime(2500, 1, 1), timezones=zones)
spans = st.timedeltas(timedelta(days=-1000), timedelta(days=1000))
values = st.one_of(texts, st.integers(-(2**53), 2**53), times, spans)
lines = st.builds(
    Line,
    texts,
    st.lists(st.tuples(texts, values), max_size=3).map(tuple),
    since=st.none() | times,
    by=st.none() | times,
)

for of, strategy in ((str, texts), (datetime, times), (timedelta, spans), (Line, lines)):
    st.register_type_strategy(of, strategy)


@given(times)
def test_a_time_keeps_its_microsecond(at: datetime) -> None:
    assert codec.moment(codec.micros(at)) == at


@given(st.from_type(Ticket))
def test_a_ticket_comes_back(value: Ticket) -> None:
    assert codec.ticket_from_bytes(codec.ticket_to_bytes(value)) == value


@given(st.from_type(Event))
def test_an_event_comes_back(value: Event) -> None:
    assert event_of(event_row(value)) == value


@given(st.from_type(Draft))
def test_a_draft_comes_back(value: Draft) -> None:
    assert codec.draft_from_bytes(codec.draft_to_bytes(value)) == value


@given(st.one_of(*(st.from_type(kind) for kind in codec.COMMANDS.values())))
def test_a_command_comes_back(value: Command) -> None:
    assert codec.command_from_bytes(*codec.command_to_bytes(value)) == value


@given(st.lists(st.from_type(Service), max_size=3).map(tuple))
def test_the_catalogue_comes_back(value: tuple[Service, ...]) -> None:
    assert codec.services_from_bytes(codec.services_to_bytes(value)) == value


@given(st.from_type(Notice))
def test_a_notice_comes_back(value: Notice) -> None:
    assert notice_codec.notice_from_bytes(notice_codec.notice_to_bytes(value)) == value


@given(st.from_type(Attention))
def test_what_the_policy_remembers_comes_back(value: Attention) -> None:
    assert notice_codec.attention_from_bytes(notice_codec.attention_to_bytes(value)) == value


def test_halves_of_characters_become_question_marks() -> None:
    half, pair = "\ud83d", "\ud83d\ude00"
    file = LocalFile("k1", f"photo{half}.jpg", 3)
    written = create(subject=f"VPN {half}", text=pair, fields=(("room", f"3{half}"),), files=(file,))
    read = codec.command_from_bytes(*codec.command_to_bytes(written))
    assert isinstance(read, CreateTicket)
    assert (read.subject, read.text, read.fields) == ("VPN ?", "😀", (("room", "3?"),))
    assert read.files[0].name == "photo?.jpg"
    draft = codec.draft_from_bytes(codec.draft_to_bytes(Draft("new", f"half {half}")))
    assert draft.text == "half ?"


def test_an_event_without_details_takes_no_room() -> None:
    assert codec.details_to_bytes(Details()) is None
    assert codec.details_from_bytes(None) == Details()


def test_a_command_says_its_kind_and_when() -> None:
    kind, raw = codec.command_to_bytes(reply())
    assert kind == codec.kind_of(reply()) == "reply"
    assert raw.startswith(b'{"at_us":1795')


READ: tuple[tuple[Callable[[bytes], object], bytes], ...] = (
    (codec.ticket_from_bytes, codec.ticket_to_bytes(ticket())),
    (codec.details_from_bytes, codec.details_to_bytes(Details(reason="why")) or b""),
    (codec.draft_from_bytes, codec.draft_to_bytes(Draft("new", "text"))),
    (codec.services_from_bytes, codec.services_to_bytes((Service("a", "A"),))),
    (lambda raw: codec.command_from_bytes("reply", raw), codec.command_to_bytes(reply())[1]),
    (lambda raw: codec.command_from_bytes("sing", raw), codec.command_to_bytes(reply())[1]),
    (notice_codec.notice_from_bytes, notice_codec.notice_to_bytes(notice())),
    (notice_codec.attention_from_bytes, notice_codec.attention_to_bytes(Attention(held=(notice(),)))),
)


@pytest.mark.parametrize(("read", "good"), READ)
def test_bytes_that_were_not_written_are_damage(read: Callable[[bytes], object], good: bytes) -> None:
    for bad in (b"", b"{}x", b"[1]", good[: len(good) // 2], good.replace(b'"', b"'"), b"\xff" * 30):
        with pytest.raises(Damaged, match="are damaged"):
            read(bad)


def test_flipped_bytes_are_damage_or_a_value_never_anything_else() -> None:
    rng = random.Random(7)  # noqa: S311 - picks bytes, guards nothing
    for read, good in READ:
        for _ in range(300):
            bad = bytearray(good)
            bad[rng.randrange(len(bad))] = rng.randrange(256)
            try:
                read(bytes(bad))
            except Damaged:
                continue


@pytest.mark.parametrize("column", range(13))
def test_a_row_that_is_no_event_is_damage(column: int) -> None:
    row: list[object] = list(event_row(event("e1", seen_at=codec.moment(0))))
    row[column] = b"\x00" if column in (2, 6, 9) else 2**70 if column in (3, 4) else row[column]
    if row == list(event_row(event("e1", seen_at=codec.moment(0)))):
        assert event_of(tuple(row)) == event("e1", seen_at=codec.moment(0))  # type: ignore[arg-type]
        return
    with pytest.raises(Damaged):
        event_of(tuple(row))  # type: ignore[arg-type]


def test_an_unknown_delivery_is_damage() -> None:
    kind, raw = codec.command_to_bytes(reply())
    with pytest.raises(Damaged):
        pending_of((kind, raw, "flown", 0, None))


@pytest.mark.parametrize(
    ("key", "read"),
    [
        ("cursor", meta.cursor),
        ("as_of", meta.as_of),
        ("attachment_limit", meta.attachment_limit),
        ("owner", meta.owner),
        ("services", meta.services),
        ("attention", meta.attention),
    ],
)
def test_single_values_say_damage_too(key: str, read: Callable[[sqlite3.Connection], object]) -> None:
    with sqlite3.connect(":memory:") as db:
        db.execute("create table meta (key text primary key, value blob)")
        db.execute("insert into meta values (?, ?)", (key, b"\xff\xfe"))
        with pytest.raises(Damaged):
            read(db)
    db.close()


def test_files_of_a_reply_come_back() -> None:
    files = (LocalFile("k1", "a.txt", 3, "text/plain"),)
    written = PostReply(reply().id, reply().at, reply().ticket, "", files)
    assert codec.command_from_bytes(*codec.command_to_bytes(written)) == written
