"""Which way is taken, and what becomes of a toast afterwards."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QLocale
from pytestqt.qtbot import QtBot

from tests.ui.notify.fake_way import FakeWay
from tracker.host.settings import Privacy
from tracker.model.line import line
from tracker.model.notice import Button, Notice, NoticeClass, Show
from tracker.model.ticket import TicketId
from tracker.ui.notify.notifier import Notifier
from tracker.ui.notify.ways import Capabilities, Closed, Urgency
from tracker.ui.wording import Wording

NOW = datetime(2025, 11, 21, 13, 50, tzinfo=UTC)
PRINTER = Notice(
    id="n1",
    at=NOW,
    notice_class=NoticeClass.NEEDS_YOU,
    title=line("{subject}", subject="Printer on floor 3"),
    body=line("{who} thinks it is fixed", who="Priya"),
    detail=line("Closes on {time} unless you say no", time=datetime(2025, 11, 21, 16, 0, tzinfo=UTC)),
    ticket=TicketId("4711"),
    buttons=(Button.WORKS, Button.NOT_YET),
)
SUMMARY = Notice(
    id="summary:1",
    at=NOW,
    notice_class=NoticeClass.DIGEST,
    title=line("While you were away"),
    body=line("{updates} updates", updates=4),
)


class Told:
    """Keeps what the notifier says."""

    def __init__(self, notifier: Notifier) -> None:
        self.all: list[tuple[object, ...]] = []
        notifier.shown.connect(lambda notice, way: self.all.append(("shown", notice.id, way)))
        notifier.clicked.connect(lambda notice: self.all.append(("clicked", notice.id)))
        notifier.pressed.connect(lambda notice, button: self.all.append(("pressed", notice.id, button)))
        notifier.replied.connect(lambda notice, text: self.all.append(("replied", notice.id, text)))
        notifier.closed.connect(lambda notice, why: self.all.append(("closed", notice.id, why)))


def started(*ways: FakeWay, privacy: Privacy = Privacy.FULL) -> tuple[Notifier, Told]:
    wording = Wording(QLocale(), ZoneInfo("Europe/Berlin"), lambda: NOW)
    notifier = Notifier(ways, wording, privacy=privacy)
    notifier.start()
    return notifier, Told(notifier)


@pytest.fixture(autouse=True)
def _application(qtbot: QtBot) -> None:
    """Signals need an application."""


def test_the_first_way_that_works_is_taken() -> None:
    away, best, last = FakeWay("away", available=False), FakeWay("best"), FakeWay("last")
    notifier, told = started(away, best, last)
    assert notifier.way == "best"
    notifier.show([PRINTER])
    assert told.all == [("shown", "n1", "best")]
    assert (len(away.toasts), len(best.toasts), len(last.toasts)) == (0, 1, 0)


def test_a_way_that_fails_hands_on_to_the_next_and_is_tried_again_with_the_next_toast() -> None:
    best, second, last = FakeWay("best", works=False), FakeWay("second", works=False), FakeWay("last")
    notifier, told = started(best, second, last)
    notifier.show([PRINTER])
    assert told.all == [("shown", "n1", "last")]
    best.works = True
    notifier.show([replace(PRINTER, id="n2", ticket=TicketId("4712"))])
    assert told.all[-1] == ("shown", "n2", "best")


def test_a_toast_says_title_and_two_lines_in_the_readers_words() -> None:
    best = FakeWay("best")
    notifier, _told = started(best)
    notifier.show([PRINTER])
    toast = best.toasts[0]
    assert (toast.title, toast.body) == (
        "Printer on floor 3",
        "Priya thinks it is fixed\nCloses on 17:00 unless you say no",
    )
    assert [button.label for button in toast.buttons] == ["It works", "Not yet"]
    assert (toast.urgency, toast.silent) == (Urgency.NORMAL, False)


def test_what_somebody_wrote_stays_on_one_line_and_in_bounds() -> None:
    best = FakeWay("best")
    notifier, _told = started(best)
    hostile = "a\0b\nc\u202ed " + "x" * 5_000
    notifier.show([replace(PRINTER, title=line("{subject}", subject=hostile), body=line("{t}", t=hostile))])
    toast = best.toasts[0]
    assert len(toast.title) <= 120
    assert len(toast.body.splitlines()) == 2
    assert len(toast.body) <= 500
    assert not {"\0", "\u202e"} & set(toast.title + toast.body)


def test_news_of_a_request_takes_the_place_of_its_toast_without_a_sound() -> None:
    best = FakeWay("best")
    notifier, _told = started(best)
    notifier.show([PRINTER, replace(PRINTER, id="n2", show=Show.REPLACE)])
    assert best.toasts[0].key == best.toasts[1].key
    assert best.toasts[1].silent
    assert best.withdrawn == []
    assert [notice.id for notice in notifier.live] == ["n2"]


def test_a_toast_that_another_way_has_shown_goes_when_there_is_a_newer_one() -> None:
    best, last = FakeWay("best", available=False), FakeWay("last")
    notifier, _told = started(best, last)
    notifier.show([PRINTER])
    best.available = True
    notifier.show([replace(PRINTER, id="n2")])
    assert last.withdrawn == ["request:4711"]
    assert [len(best.toasts), len(last.toasts)] == [1, 1]


def test_a_silent_update_is_no_second_balloon_where_nothing_is_replaced() -> None:
    balloons, last = FakeWay("balloons"), FakeWay("last")
    balloons.capabilities = Capabilities()
    notifier, _told = started(balloons, last)
    notifier.show([PRINTER, replace(PRINTER, id="n2", show=Show.REPLACE)])
    assert [len(balloons.toasts), len(last.toasts)] == [1, 1]


def test_what_is_only_for_the_list_or_read_already_is_not_shown() -> None:
    best = FakeWay("best")
    notifier, told = started(best)
    notifier.show([replace(PRINTER, show=Show.LIST), replace(PRINTER, read=True)])
    assert best.toasts == []
    assert told.all == []


def test_a_click_is_told_once_and_the_toast_goes() -> None:
    best, last = FakeWay("best"), FakeWay("last")
    notifier, told = started(best, last)
    notifier.show([PRINTER])
    best.reports.clicked("request:4711")
    best.reports.closed("request:4711", Closed.DISMISSED)
    assert told.all[1:] == [("clicked", "n1")]
    assert best.withdrawn == ["request:4711"]
    assert notifier.live == ()


def test_a_button_is_told_with_its_notice() -> None:
    best = FakeWay("best")
    notifier, told = started(best)
    notifier.show([PRINTER])
    best.reports.pressed("request:4711", "not_yet")
    assert told.all[1:] == [("pressed", "n1", Button.NOT_YET)]


def test_the_button_for_opening_counts_as_a_click() -> None:
    best = FakeWay("best")
    notifier, told = started(best)
    notifier.show([PRINTER])
    best.reports.pressed("request:4711", "open")
    assert told.all[1:] == [("clicked", "n1")]


@pytest.mark.parametrize("button", ["answer", "rm -rf", ""])
def test_a_button_the_toast_never_had_does_nothing(button: str) -> None:
    best = FakeWay("best")
    notifier, told = started(best)
    notifier.show([PRINTER])
    best.reports.pressed("request:4711", button)
    best.reports.pressed("request:9999", "works")
    assert [what for what, *_rest in told.all] == ["shown"]


def test_closing_a_toast_opens_nothing() -> None:
    best = FakeWay("best")
    notifier, told = started(best)
    notifier.show([PRINTER])
    best.reports.closed("request:4711", Closed.DISMISSED)
    assert told.all[1:] == [("closed", "n1", Closed.DISMISSED)]
    assert notifier.live == ()


def test_a_click_on_a_toast_that_had_expired_still_counts() -> None:
    """Some desktops keep expired toasts in a list of their own, where a click still works."""
    best = FakeWay("best")
    notifier, told = started(best)
    notifier.show([PRINTER])
    best.reports.closed("request:4711", Closed.EXPIRED)
    best.reports.clicked("request:4711")
    assert told.all[-1] == ("clicked", "n1")


def test_reading_a_request_takes_its_toast_away_and_no_other() -> None:
    best, last = FakeWay("best"), FakeWay("last")
    notifier, _told = started(best, last)
    notifier.show([PRINTER, replace(PRINTER, id="n2", ticket=TicketId("4712")), SUMMARY])
    notifier.withdraw(TicketId("4711"))
    assert best.withdrawn == ["request:4711"]
    notifier.withdraw_all()
    assert best.withdrawn == ["request:4711", "request:4712", "notice:summary:1"]
    assert notifier.live == ()


def test_a_summary_over_several_requests_is_low_and_stands_for_itself() -> None:
    best = FakeWay("best")
    notifier, told = started(best)
    notifier.show([SUMMARY])
    assert best.toasts[0].urgency is Urgency.LOW
    best.reports.clicked("notice:summary:1")
    assert told.all[-1] == ("clicked", "summary:1")


def test_a_way_that_cannot_be_sure_is_backed_by_the_window() -> None:
    unsure, last = FakeWay("unsure", certain=False), FakeWay("last")
    notifier, told = started(unsure, last)
    notifier.show([PRINTER])
    assert [len(unsure.toasts), len(last.toasts)] == [1, 1]
    assert told.all == [("shown", "n1", "unsure")]
    notifier.withdraw(TicketId("4711"))
    assert unsure.withdrawn == last.withdrawn == ["request:4711"]


def test_dismissing_the_windows_banner_ends_a_toast_that_another_way_was_unsure_of() -> None:
    unsure, last = FakeWay("unsure", certain=False), FakeWay("last")
    notifier, told = started(unsure, last)
    notifier.show([PRINTER])
    last.reports.closed("request:4711", Closed.DISMISSED)
    assert told.all[-1] == ("closed", "n1", Closed.DISMISSED)
    assert notifier.live == ()


def test_a_late_failure_of_a_way_that_is_not_in_charge_changes_nothing() -> None:
    best, last = FakeWay("best", works=None), FakeWay("last")
    notifier, told = started(best, last)
    notifier.show([PRINTER])
    best.reports.failed("request:4711", "too slow")
    best.reports.failed("request:4711", "again")
    best.reports.shown("request:4711")
    assert told.all == [("shown", "n1", "last")]
    assert len(last.toasts) == 1


def test_a_toast_read_before_it_was_shown_is_not_shown_by_the_next_way() -> None:
    best, last = FakeWay("best", works=None), FakeWay("last")
    notifier, _told = started(best, last)
    notifier.show([PRINTER])
    notifier.withdraw(TicketId("4711"))
    best.reports.failed("request:4711", "too slow")
    assert last.toasts == []


@pytest.mark.expected_logs("could not be shown in any way; it is in the list")
def test_when_nothing_works_it_is_said_in_the_log() -> None:
    notifier, told = started(FakeWay("best", works=False))
    notifier.show([PRINTER])
    assert told.all == []


def test_only_the_subject_is_shown_when_the_person_wants_that() -> None:
    best = FakeWay("best")
    notifier, _told = started(best, privacy=Privacy.SUBJECT)
    notifier.show([PRINTER])
    toast = best.toasts[0]
    assert (toast.title, toast.body) == ("Printer on floor 3", "A request of yours is waiting for you.")
    assert [button.id for button in toast.buttons] == ["open"]


def test_nothing_is_given_away_when_the_person_wants_that() -> None:
    best = FakeWay("best")
    notifier, _told = started(best)
    notifier.set_privacy(Privacy.GENERIC)
    notifier.show([PRINTER, SUMMARY])
    assert [(toast.title, toast.body) for toast in best.toasts] == [
        ("Tracker", "A request of yours is waiting for you."),
        ("Tracker", "There is news about a request of yours."),
    ]


def test_stopping_stops_every_way() -> None:
    best, last = FakeWay("best"), FakeWay("last")
    notifier, _told = started(best, last)
    notifier.show([PRINTER])
    notifier.stop()
    assert best.stopped
    assert last.stopped
