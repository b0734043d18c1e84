"""Which rows are drawn, in what words, and with which mark."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.ui.page_ground import Clock
from tests.ui.samples import ACCESS, DOCK, NOW, PRINTER, PRIYA, YOU, ZONE, at, bar, entry
from tests.ui.test_wording import BRITISH
from tracker.model.command import CommandId, Delivery
from tracker.model.event import Confidence, EventKind
from tracker.model.line import line
from tracker.model.stage import Stage
from tracker.model.ticket import Act
from tracker.model.track import EntryKind
from tracker.ui.theme.tokens import Tone
from tracker.ui.timeline.marks import MarkStyle, mark_of
from tracker.ui.timeline.rows import Row, RowKind, timeline_rows
from tracker.ui.timeline.words import row_words
from tracker.ui.wording import Wording

WORDING = Wording(BRITISH, ZONE, Clock())


def rows(track: object = DOCK, limit: int = 100) -> tuple[Row, ...]:
    return timeline_rows(track, WORDING, NOW, limit=limit)  # type: ignore[arg-type]


def said(row: Row, *, online: bool = True) -> str:
    words = row_words(row, WORDING, online=online)
    return " | ".join(part for part in (words.title, words.small, words.note) if part)


def test_the_future_is_on_top_then_now_then_the_days() -> None:
    assert [said(row) for row in rows()][:6] == [
        "Next update promised by 16:30 | in 2 h 40 min",
        "Priya arrives about 14:20 | now, since 13:50",
        "TODAY",
        "Priya Nair set off to you | 13:50",
        "Visit booked for 14:00 to 16:00 | 11:32 · by Priya Nair",
        "Priya replied | 11:30",
    ]


def test_days_have_headings_and_silence_has_a_row() -> None:
    assert [said(row) for row in rows()][6:] == [
        "YESTERDAY",
        "Expected date moved to today 17:00 | 16:05 | "
        "Why: waiting for the supplier’s replacement part. It was yesterday 12:00.",
        "23 h, no word",
        "Assigned to Priya Nair, Workplace team | 09:41",
        "WED 19 NOV",
        "You raised the request | 09:12",
    ]


def test_a_request_that_is_done_has_no_next() -> None:
    done = replace(DOCK, stage=Stage.DONE, milestones=bar(Stage.DONE))
    assert rows(done)[0].kind is RowKind.NOW


def test_news_can_be_asked_for_where_none_is_promised() -> None:
    asking = replace(ACCESS, you_can=(Act.ASK_FOR_NEWS,))
    assert rows(asking)[0].act is Act.ASK_FOR_NEWS
    assert rows(ACCESS)[0].act is None


def test_only_as_many_as_asked_for_are_made() -> None:
    assert len([row for row in rows(limit=3) if row.kind is RowKind.EVENT]) == 3


def test_what_was_only_noticed_says_so() -> None:
    noticed = entry("n", at(21, 9), line("The desk changed its state"), confidence=Confidence.DERIVED)
    assert said(Row("n", RowKind.EVENT, entry=noticed)) == "The desk changed its state | noticed 09:00"


@pytest.mark.parametrize(
    ("delivery", "online", "words"),
    [
        (Delivery.QUEUED, True, "Sending"),
        (Delivery.QUEUED, False, "Waiting for the network. It is sent by itself."),
        (Delivery.UNSURE, True, "Finding out whether it arrived"),
        (Delivery.DELIVERED, True, "Sent"),
        (Delivery.REJECTED, True, "Could not be sent: the ticket is closed."),
    ],
)
def test_what_is_not_sent_yet_says_how_it_stands(delivery: Delivery, online: bool, words: str) -> None:
    pending = replace(
        entry("c", at(21, 13, 49), line("You wrote"), kind=EntryKind.PENDING, actor=YOU),
        delivery=delivery,
        command=CommandId("c"),
        error="the ticket is closed" if delivery is Delivery.REJECTED else None,
    )
    assert said(Row("c", RowKind.PENDING, entry=pending), online=online) == f"You wrote | 13:49 | {words}"


def test_what_is_not_sent_stands_above_the_days() -> None:
    pending = entry("c", at(19, 8), line("You wrote"), kind=EntryKind.PENDING)
    kinds = [row.kind for row in rows(replace(DOCK, entries=(pending, *DOCK.entries)))]
    assert kinds[:4] == [RowKind.NEXT, RowKind.NOW, RowKind.PENDING, RowKind.DAY]


def test_marks_stand_out_by_what_they_mean() -> None:
    by_key = {row.key: mark_of(row) for row in rows()}
    assert by_key["next"].style is MarkStyle.DASHED
    assert by_key["now"].style is MarkStyle.RING
    assert by_key["e9"].style is MarkStyle.FILLED
    assert by_key["e8"].style is MarkStyle.OUTLINED
    assert by_key["g1"].style is MarkStyle.DOT


@pytest.mark.parametrize(
    ("kind", "tone"),
    [(EventKind.PROMISE_MISSED, Tone.LATE), (EventKind.SOLVED, Tone.OK), (EventKind.REPLY, Tone.ACCENT)],
)
def test_the_colour_of_a_mark_is_the_meaning_of_its_event(kind: EventKind, tone: Tone) -> None:
    told = entry("x", at(21, 9), line("It happened"), event=kind, actor=PRIYA)
    assert mark_of(Row("x", RowKind.EVENT, entry=told)).tone is tone


@pytest.mark.parametrize("kind", list(EventKind))
def test_every_kind_of_event_has_a_drawing(kind: EventKind, theme: object) -> None:
    told = entry("x", at(21, 9), line("It happened"), event=kind)
    mark = mark_of(Row("x", RowKind.EVENT, entry=told))
    theme.pixmap(mark.icon, "text", 15, 1.0)  # type: ignore[attr-defined]


def test_equal_rows_are_equal_until_the_day_changes() -> None:
    assert rows() == rows()
    tomorrow = timeline_rows(DOCK, Wording(BRITISH, ZONE, Clock(NOW + timedelta(days=1))), NOW, limit=99)
    assert rows(PRINTER) != tomorrow
