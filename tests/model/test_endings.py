"""After the fix: thanks that reopen nothing, one rating, one look back, another way where a desk refuses."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.model.making import ALL, PRIYA, YOU, at, event, kinds, said, seen, ticket, waiting, wish
from tests.model.watching import Screen, next_moment
from tracker.model.due import has_clock
from tracker.model.event import Event, EventKind
from tracker.model.notice import Button, NoticeClass
from tracker.model.telling import NotifySettings
from tracker.model.ticket import Act, Ticket, TicketState
from tracker.model.track import OverlayKind
from tracker.model.wish import WishKind

SOLVED = event(EventKind.SOLVED, at(3, 10), PRIYA, "A new cable.")
CONFIRMED = event(EventKind.CONFIRMED, at(3, 12), YOU)
DONE = ticket(
    state=TicketState.CLOSED, created_at=at(3, 9), updated_at=at(3, 12), state_since=at(3, 12), may=ALL
)
HISTORY = [SOLVED, CONFIRMED]
LATER = at(6, 13)
"""Three days and an hour after it was done."""


def acts(subject: Ticket, now: datetime, *more: Event) -> set[Act]:
    return set(seen(subject, [*HISTORY, *more], now).you_can) & {Act.THANK, Act.RATE, Act.CHECK_IN}


def test_done_can_be_thanked_for_and_rated_once_each() -> None:
    assert acts(DONE, at(3, 13)) == {Act.THANK, Act.RATE}
    assert acts(DONE, at(3, 13), event(EventKind.THANKED, at(3, 12, 5), YOU)) == {Act.RATE}
    assert acts(DONE, at(3, 13), event(EventKind.RATED, at(3, 12, 5), YOU, score=5)) == {Act.THANK}
    assert acts(replace(DONE, rating=5), at(3, 13)) == {Act.THANK}
    for kind, left in ((WishKind.THANKS, Act.RATE), (WishKind.RATE, Act.THANK)):
        told = seen(DONE, HISTORY, at(3, 13), (waiting(wish(kind, at(3, 12, 5))),))
        assert set(told.you_can) & {Act.THANK, Act.RATE} == {left}
    assert acts(replace(DONE, may=frozenset({Act.REPLY})), at(3, 13)) == set()


def test_what_is_only_thought_to_be_fixed_can_be_thanked_for_and_not_rated() -> None:
    solved = replace(DONE, state=TicketState.RESOLVED)
    told = seen(solved, [SOLVED], at(3, 13))
    assert {Act.THANK, Act.CONFIRM, Act.NOT_FIXED} <= set(told.you_can)
    assert not {Act.RATE, Act.CHECK_IN} & set(told.you_can)
    assert told.done_at is None


@pytest.mark.parametrize("state", [TicketState.CANCELLED, TicketState.MERGED])
def test_what_was_called_off_or_merged_has_nothing_to_look_back_at(state: TicketState) -> None:
    told = seen(replace(DONE, state=state), HISTORY, LATER)
    assert not {Act.THANK, Act.RATE, Act.CHECK_IN} & set(told.you_can)
    assert told.done_at is None


def test_some_days_later_it_is_asked_once_whether_it_is_still_fine() -> None:
    done = at(3, 12)
    moments = {
        done + timedelta(days=3) - timedelta(seconds=1): False,
        done + timedelta(days=3): True,
        done + timedelta(days=14) - timedelta(seconds=1): True,
        done + timedelta(days=14): False,
    }
    assert {now: Act.CHECK_IN in acts(DONE, now) for now in moments} == moments
    assert seen(DONE, HISTORY, at(4)).next_due == done + timedelta(days=3)
    assert seen(DONE, HISTORY, at(7)).next_due == done + timedelta(days=14)
    assert seen(DONE, HISTORY, at(28)).next_due is None
    assert Act.CHECK_IN not in acts(DONE, LATER, event(EventKind.CHECKED_IN, at(6, 12, 30), YOU, fine=True))
    for kind in (WishKind.STILL_FINE, WishKind.CAME_BACK):
        told = seen(DONE, HISTORY, LATER, (waiting(wish(kind, at(6, 12, 30))),))
        assert Act.CHECK_IN not in told.you_can


def test_a_desk_that_tells_no_end_is_counted_from_its_state() -> None:
    assert seen(replace(DONE, state_since=None), [], at(4)).done_at == at(3, 12)
    assert seen(DONE, [], at(4)).done_at == at(3, 12)
    assert seen(DONE, HISTORY, at(4)).done_at == at(3, 12)


def test_where_the_desk_refuses_to_reopen_it_is_raised_again() -> None:
    shut = replace(DONE, may=frozenset({Act.RATE}))
    assert Act.RAISE_AGAIN in seen(shut, HISTORY, LATER).you_can
    assert Act.RAISE_AGAIN not in seen(DONE, HISTORY, LATER).you_can


def test_closed_without_a_word_is_said_before_anything_is_asked() -> None:
    yours = event(EventKind.REPLY, at(3, 11), YOU, "Is anybody there?")
    told = seen(DONE, [SOLVED, yours, event(EventKind.CLOSED, at(3, 12))], at(3, 13))
    assert kinds(told) == [OverlayKind.CLOSED_UNHEARD]
    assert said(told.now, at(3, 13)) == "Closed with no answer to your last message"
    assert told.you_can[0] is Act.NOT_FIXED


def test_the_countdown_ends_when_its_time_is_over() -> None:
    solved = replace(DONE, state=TicketState.RESOLVED, auto_close_at=at(10, 17))
    before, after = seen(solved, [SOLVED], at(9)), seen(solved, [SOLVED], at(10, 17))
    assert said(before.next, at(9)) == "Closes tomorrow 17:00 unless you say no"
    assert (before.expected, said(before.expected_label, at(9))) == (at(10, 17), "Closes")
    assert said(after.next, at(10, 17)) == "Tell us whether it works"
    assert (after.expected, after.expected_label) == (None, None)


# What the clock tells


@pytest.fixture
def screen() -> Screen:
    return Screen(at(3, 9), NotifySettings(quiet=None))


def test_looking_back_is_asked_by_a_notice_once(screen: Screen) -> None:
    assert next_moment(DONE, HISTORY, at(4)) == at(6, 12)
    assert screen.remind(at(6, 11), DONE, *HISTORY) == []
    assert screen.remind(at(6, 12), DONE, *HISTORY) == ["Is it still fine?"]
    (notice,) = screen.notices
    assert (notice.notice_class, notice.buttons) == (NoticeClass.PROGRESS, (Button.OPEN,))
    assert screen.remind(at(6, 13), DONE, *HISTORY) == []


def test_what_was_done_long_ago_is_asked_on_the_card_alone(screen: Screen) -> None:
    assert screen.remind(at(8, 12), DONE, *HISTORY) == []
    assert Act.CHECK_IN in acts(DONE, at(8, 12))


@pytest.mark.parametrize(
    ("subject", "ticks"),
    [
        (DONE, True),
        (replace(DONE, state_since=None), True),
        (replace(DONE, state_since=at(1) - timedelta(days=20)), False),
        (replace(DONE, state=TicketState.RESOLVED), True),
        (replace(DONE, state=TicketState.CANCELLED), False),
        (ticket(state=TicketState.WORKING), False),
        (ticket(state=TicketState.WORKING, state_until=at(28)), True),
        (ticket(state=TicketState.RESOLVED, updated_at=at(1), auto_close_at=at(28)), True),
    ],
)
def test_only_what_time_can_change_is_waited_for(subject: Ticket, ticks: bool) -> None:
    assert has_clock(subject, LATER) is ticks
