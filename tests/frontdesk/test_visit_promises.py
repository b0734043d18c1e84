"""A booked visit is a promise: kept at the door, moved with a reason, missed when nobody came."""

from tests.frontdesk.play import Play
from tracker.frontdesk.requests import (
    Because,
    FinishVisit,
    Message,
    MovePromise,
    MoveVisit,
    Nothing,
    OnTheWay,
)
from tracker.frontdesk.rules import agent, promises, visits


def test_a_visit_is_promised_for_its_window_and_kept_at_the_door(play: Play) -> None:
    visit = play.book_visit(2)
    promise = play.ticket.promises[-1]
    assert (promise.kind, promise.earliest, promise.latest) == ("visit", visit.starts, visit.ends)
    assert play.last(2) == ["visit_booked", "promise_made"]
    play.pass_by(hours=3)
    play.does(visits.arrived, Nothing())
    assert play.promises == [("visit", "kept")]
    play.pass_by(hours=9)
    assert play.promises == [("visit", "kept")]


def test_nobody_coming_is_a_missed_promise_on_top_of_the_queue(play: Play) -> None:
    play.book_visit(2)
    play.raise_one()
    play.pass_by(hours=4, minutes=10)
    assert (play.flags(), play.queue()[0]) == (("promise_overdue",), play.number)
    play.pass_by(minutes=5)
    assert play.promises == [("visit", "missed")]
    assert (play.flags(), play.last(1)) == (("promise_missed",), ["promise_missed"])
    again = MoveVisit(starts=play.ahead(2), ends=play.ahead(4), reason="The van broke down.")
    play.does(visits.reschedule, again)
    assert play.promises == [("visit", "missed"), ("visit", "open")], "after a miss it is a new promise"


def test_being_on_the_way_too_late_keeps_nothing(play: Play) -> None:
    play.book_visit(1)
    play.pass_by(hours=2.9)
    late = OnTheWay(eta_earliest=play.ahead(0.5), eta_latest=play.ahead(1))
    play.does(visits.on_the_way, late)
    play.pass_by(hours=0.5)
    assert play.promises == [("visit", "missed")]
    play.does(visits.arrived, Nothing())
    assert play.promises == [("visit", "missed")]


def test_another_window_moves_the_promise_and_tells_both(play: Play) -> None:
    before = play.book_visit(2)
    moved = MoveVisit(starts=play.ahead(9), ends=play.ahead(10), reason="Tess is ill.")
    play.does(visits.reschedule, moved)
    assert play.last(2) == ["visit_moved", "promise_moved"]
    data = play.events[-1].data
    assert (data.was_latest, data.reason) == (before.ends, "Tess is ill.")
    assert play.promises == [("visit", "moved"), ("visit", "open")]


def test_a_visit_called_off_takes_its_promise_back(play: Play) -> None:
    play.book_visit(2)
    play.does(visits.cancel, Because(reason="It works."))
    assert play.promises == [("visit", "withdrawn")]
    play.pass_by(days=1)
    assert play.promises == [("visit", "withdrawn")]


def test_who_came_and_found_nobody_has_kept_the_promise_and_who_gave_up_before_has_not(play: Play) -> None:
    play.book_visit(2)
    play.does(visits.finish, FinishVisit(outcome="failed", text="We cannot come."))
    assert play.promises == [("visit", "withdrawn")]
    play.book_visit(2)
    play.pass_by(hours=2.5)
    again = FinishVisit(outcome="failed", text="Nobody in.", starts=play.ahead(24), ends=play.ahead(25))
    play.does(visits.finish, again)
    assert play.promises == [("visit", "withdrawn"), ("visit", "kept"), ("visit", "open")]


def test_a_visit_stands_while_the_requester_is_asked_something(play: Play) -> None:
    play.book_visit(2)
    play.does(agent.ask, Message(text="Which room?"))
    assert play.promises == [("visit", "open")]
    play.wish(kind="visit_ok")
    play.pass_by(hours=5)
    assert play.promises == [("visit", "missed")]


def test_the_promise_of_a_visit_goes_where_the_visit_goes(play: Play) -> None:
    play.book_visit(2)
    promise = play.ticket.promises[-1]
    move, because = MovePromise(latest=play.ahead(9), reason="x"), Because(reason="x")
    said = "That promise belongs to the visit. Move or cancel the visit instead."
    assert play.refuses(lambda m, body: promises.move_promise(m, promise.id, body), move) == said
    assert play.refuses(lambda m, body: promises.withdraw_promise(m, promise.id, body), because) == said
