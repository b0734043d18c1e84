"""What a requester says about a visit: it suits, another time, not there, where to come."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.frontdesk.play import RAVI, TESS, Play
from tracker.frontdesk.reading import Viewer, slots
from tracker.frontdesk.requests import (
    Because,
    BookVisit,
    FinishVisit,
    MoveVisit,
    Nothing,
    OnTheWay,
    Resolve,
    SetStatus,
)
from tracker.frontdesk.rules import agent, visits


def moved(play: Play, hours: float) -> None:
    body = MoveVisit(starts=play.ahead(hours), ends=play.ahead(hours + 2), reason="The van broke down.")
    play.does(visits.reschedule, body)


def on_the_way(play: Play) -> None:
    eta = OnTheWay(eta_earliest=play.ahead(0.2), eta_latest=play.ahead(0.5))
    play.does(visits.on_the_way, eta)


def slot_ids(play: Play) -> list[str]:
    return [slot.id for slot in slots(play.desk, Viewer(TESS), play.number).slots]


def test_a_visit_is_confirmed_once_and_a_moved_one_anew(play: Play) -> None:
    play.book_visit()
    assert {"confirm_visit", "move_visit"} <= play.may
    play.wish(kind="visit_ok", text="Fine.")
    assert (play.visit.confirmed, play.last(1)) == (True, ["visit_confirmed"])
    assert "confirm_visit" not in play.may
    assert play.wish_refused(kind="visit_ok") == "You have said already that this time suits you."
    moved(play, 30)
    assert not play.visit.confirmed
    assert "confirm_visit" in play.may


def test_a_yes_to_a_time_that_was_moved_meanwhile_is_no_yes(play: Play) -> None:
    seen = play.book_visit()
    said = play.clock()
    play.pass_by(minutes=1)
    moved(play, 30)
    sentence = "The visit was moved meanwhile. Please look at the new time."
    for kind in ("visit_ok", "visit_not_there", "visit_place"):
        wish: dict[str, object] = {"kind": kind, "text": "x", "about": seen.id}
        assert play.wish_refused(**wish, seen_starts=seen.starts) == sentence
        assert play.wish_refused(**wish, said_at=said) == sentence
        assert play.last_code == "not_now"
    play.wish(kind="visit_ok", seen_starts=play.visit.starts, said_at=play.clock())
    assert play.visit.confirmed


def test_a_slot_that_was_taken_is_the_visits_new_time_at_once(play: Play) -> None:
    before = play.book_visit()
    chosen = slots(play.desk, Viewer(TESS), play.number).slots[3]
    play.wish(kind="visit_move", slot=chosen.id, text="Better for me.")
    event, promised = play.events[-2:]
    assert (event.kind, event.text, event.actor.name) == ("visit_moved", "Better for me.", "Anna Keller")
    assert (promised.kind, promised.actor.kind) == ("promise_moved", "system")
    assert (event.data.was_starts, event.data.was_ends) == (before.starts, before.ends)
    assert event.data.reason == "Anna Keller chose another time."
    assert (play.visit.starts, play.visit.ends) == (chosen.starts, chosen.ends)
    assert (play.visit.id, play.visit.confirmed) == (before.id, True)


def test_a_slot_somebody_else_took_is_gone_and_the_visit_stays(play: Play) -> None:
    play.book_visit()
    first, second, *_ = slots(play.desk, Viewer(TESS), play.number).slots
    play.book_visit(
        (first.starts - play.clock()) / timedelta(hours=1), number=play.raise_one()
    )  # Tess goes there
    sentence = "That time is not free any more. Please choose another one."
    assert play.wish_refused(kind="visit_move", slot=first.id) == sentence
    assert play.last_code == "not_now"
    assert play.wish_refused(kind="visit_move", slot="nonsense") == sentence
    assert first.id not in slot_ids(play)
    play.pass_by(hours=20)
    assert play.wish_refused(kind="visit_move", slot=first.id) == sentence
    assert second.id not in slot_ids(play), "it begins too soon by now"


def test_slots_lie_in_business_hours_ahead_and_one_after_the_other(play: Play) -> None:
    play.book_visit()
    offered = slots(play.desk, Viewer(TESS), play.number).slots
    assert len(offered) == 12
    assert [slot.starts for slot in offered] == sorted(slot.starts for slot in offered)
    for slot in offered:
        assert slot.starts >= play.ahead(1)
        assert slot.ends - slot.starts == timedelta(hours=2)
        assert slot.starts.weekday() < 5
        assert (slot.starts.hour, slot.ends.hour) in ((8, 10), (10, 12), (12, 14), (14, 16))
        assert slot.agent == TESS.person


def test_with_nobody_assigned_a_slot_is_free_while_any_agent_is(play: Play) -> None:
    everybody = slots(play.desk, Viewer(TESS), play.number).slots
    hours = (everybody[0].starts - play.clock()) / timedelta(hours=1)
    play.book_visit(hours, number=play.raise_one(), by=RAVI)
    first = slots(play.desk, Viewer(TESS), play.number).slots[0]
    assert (first.id, first.agent) == (everybody[0].id, TESS.person)
    play.book_visit(hours, number=play.raise_one(), by=TESS)
    assert everybody[0].id not in slot_ids(play)


def test_the_present_window_is_not_offered_nor_anything_once_it_is_solved(play: Play) -> None:
    first = slots(play.desk, Viewer(TESS), play.number).slots[0]
    play.book_visit((first.starts - play.clock()) / timedelta(hours=1))
    assert first.starts not in [slot.starts for slot in slots(play.desk, Viewer(TESS), play.number).slots]
    play.does(visits.cancel, Because(reason="x"))
    play.does(agent.resolve, Resolve(text="Done"))
    assert slot_ids(play) == []


def test_a_wish_for_another_time_moves_nothing_but_is_seen(play: Play) -> None:
    before = play.book_visit()
    play.wish(kind="visit_move", windows=[play.window(50, 3)], text="Not on Tuesday.")
    event = play.events[-1]
    assert (event.kind, event.data.windows) == ("visit_move_asked", (play.visit.wished,))
    assert (play.visit.starts, play.flags()) == (before.starts, ("move_asked",))
    moved(play, 50)
    assert (play.visit.wished, play.flags()) == (None, ())


def test_a_wish_for_another_time_names_one(play: Play) -> None:
    play.book_visit()
    for windows in ([], [play.window(5), play.window(9)]):
        assert "one time that suits you" in play.wish_refused(kind="visit_move", windows=windows)
    both = play.wish_refused(kind="visit_move", slot=slot_ids(play)[0], windows=[play.window(5)])
    assert both == "Choose one of the offered times or wish for your own, not both."
    assert "over already" in play.wish_refused(kind="visit_move", windows=[play.window(-5)])
    assert play.wish_refused(kind="visit_ok", about="") == "Say which visit it is about."
    assert play.last_code == "invalid"


def test_who_will_not_be_there_says_so_once_and_agents_see_it_on_top(play: Play) -> None:
    play.book_visit()
    on_the_way(play)
    play.wish(kind="visit_not_there", text="I had to leave.")
    others = [play.raise_one(), play.raise_one()]
    assert play.flags() == ("not_there",)
    assert play.queue() == [play.number, *reversed(others)]
    assert "knows already" in play.wish_refused(kind="visit_not_there")
    failed = FinishVisit(outcome="failed", text="Nobody in.", starts=play.ahead(24), ends=play.ahead(26))
    play.does(visits.finish, failed)
    assert play.flags() == ()


def test_a_failed_visit_gets_its_new_date_at_once(play: Play) -> None:
    first = play.book_visit()
    play.wish(kind="visit_place", place="Room 9", text="Ring at the blue door.")
    again = {"starts": play.ahead(48), "ends": play.ahead(50)}
    done = play.does(visits.finish, FinishVisit(outcome="failed", text="Nobody in.", **again))
    assert done.event.kind == "visit_failed"
    assert done.event.data.visit is not None
    assert (done.event.data.visit.id, done.event.data.visit.state) == (first.id, "failed")
    assert play.last(2) == ["visit_booked", "promise_made"]
    visit = play.visit
    assert (visit.state, visit.starts, visit.confirmed) == ("scheduled", again["starts"], False)
    assert (visit.place, visit.directions, visit.agent) == ("Room 9", "Ring at the blue door.", first.agent)
    assert visit.id != first.id
    assert play.ticket.state == "visit"


@pytest.mark.parametrize(
    ("outcome", "start", "end", "part"),
    [
        ("failed", 5, None, "its start and its end"),
        ("failed", 5, 4, "ends before"),
        ("failed", -5, -4, "must lie ahead"),
        ("done", 5, 6, "needs no new window"),
    ],
)
def test_a_new_date_that_cannot_be_fails_nothing(
    play: Play, outcome: str, start: float, end: float | None, part: str
) -> None:
    play.book_visit()
    play.does(visits.arrived, Nothing())
    assert outcome in ("done", "failed")
    body = FinishVisit(
        outcome="done" if outcome == "done" else "failed",
        text="x",
        starts=play.ahead(start),
        ends=play.ahead(end) if end is not None else None,
    )
    assert part in play.refuses(visits.finish, body)
    assert (play.last_code, play.visit.state) == ("invalid", "on_site")


def test_the_place_and_the_way_are_told_each_by_itself(play: Play) -> None:
    play.book_visit()
    play.wish(kind="visit_place", text=" Second door left. ")
    assert (play.visit.place, play.visit.directions) == ("Room 2", "Second door left.")
    play.wish(kind="visit_place", place="Room  7\n")
    assert (play.visit.place, play.visit.directions) == ("Room 7", "Second door left.")
    assert "how to find you" in play.wish_refused(kind="visit_place", text=" ")
    assert "too long" in play.wish_refused(kind="visit_place", text="x" * 2001)
    on_the_way(play)
    play.wish(kind="visit_place", text="I am in the lobby.")
    assert play.visit.state == "on_the_way"


def test_wishes_are_for_the_present_visit_before_it_begins(play: Play) -> None:
    assert play.wish_refused(kind="visit_ok", about="x") == "No visit is booked."
    first = play.book_visit()
    assert "not the present one" in play.wish_refused(kind="visit_ok", about="x")
    on_the_way(play)
    for kind in ("visit_ok", "visit_move"):
        play.wish_refused(kind=kind, slot="x" if kind == "visit_move" else "")
        assert play.last_code == "not_now"
    assert not {"confirm_visit", "move_visit"} & play.may
    play.does(visits.arrived, Nothing())
    assert play.wish_refused(kind="visit_not_there") == "The technician is there already."
    play.does(visits.finish, FinishVisit(outcome="done"))
    assert play.wish_refused(kind="visit_place", about=first.id, text="x") == "No visit is booked."


def test_a_visit_says_its_zone_and_what_to_prepare(play: Play) -> None:
    body = BookVisit(
        starts=play.ahead(5),
        ends=play.ahead(6),
        place="Oslo office",
        zone="Europe/Oslo",
        prepare=("Clear the desk", "Have the  charger\nready"),
    )
    play.does(visits.book, body)
    assert play.visit.zone == "Europe/Oslo"
    assert play.visit.prepare == ("Clear the desk", "Have the charger ready")


@pytest.mark.parametrize("zone", ["Europe/Atlantis", "Europe", "../etc/passwd", "UTC\x00", "+01:00"])
def test_a_zone_that_does_not_exist_is_refused(play: Play, zone: str) -> None:
    body = BookVisit(starts=play.ahead(5), ends=play.ahead(6), place="x", zone=zone)
    assert play.refuses(visits.book, body).startswith("There is no time zone called")
    assert play.last_code == "invalid"


def test_a_technician_at_the_door_is_a_word_that_keeps_the_promised_reply(play: Play) -> None:
    play.book_visit()
    before = play.ticket.promises[0]
    play.does(visits.arrived, Nothing())
    assert (before.state, play.ticket.promises[0].state) == ("open", "kept")


def test_a_visit_outlives_a_wait_in_the_diary(play: Play) -> None:
    play.book_visit(
        (slots(play.desk, Viewer(TESS), play.number).slots[0].starts - play.clock()) / timedelta(hours=1)
    )
    play.does(agent.set_status, SetStatus(state="waiting_for_parts"))
    other = play.raise_one()
    taken = {slot.starts for slot in slots(play.desk, Viewer(TESS), other).slots if slot.agent == TESS.person}
    assert play.visit.starts not in taken


def test_a_visit_does_not_stand_in_its_own_way(play: Play) -> None:
    first = slots(play.desk, Viewer(TESS), play.number).slots[0]
    play.book_visit((first.starts - play.clock()) / timedelta(hours=1) + 1)
    offered = slots(play.desk, Viewer(TESS), play.number).slots
    assert offered[0].starts == first.starts, "an hour earlier is possible"


def test_a_visit_called_off_frees_its_window(play: Play) -> None:
    first = slots(play.desk, Viewer(TESS), play.number).slots[0]
    hours = (first.starts - play.clock()) / timedelta(hours=1)
    play.book_visit(hours, by=TESS)
    play.book_visit(hours, by=RAVI, number=play.raise_one())
    other = play.raise_one()
    assert first.starts not in [slot.starts for slot in slots(play.desk, Viewer(TESS), other).slots]
    play.does(visits.cancel, Because(reason="x"))
    assert slots(play.desk, Viewer(TESS), other).slots[0] == replace(first, agent=TESS.person)
