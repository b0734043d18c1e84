"""A call-back is a promise: asked for, booked, tried, made or missed, and never ended in silence."""

from datetime import timedelta

import pytest

from tests.frontdesk.play import BEN, RAVI, Play
from tracker.frontdesk.requests import (
    BookCall,
    MakePromise,
    Message,
    MissCall,
    MovePromise,
    Nothing,
    Remark,
    Resolve,
    SetStatus,
)
from tracker.frontdesk.rules import agent, calls, promises
from tracker.frontdesk.values import Call
from tracker.model.event import EventKind


def call_of(play: Play) -> Call:
    call = play.ticket.call
    assert call is not None
    return call


def at(play: Play, hours: float, *, reason: str | None = None) -> BookCall:
    """Book the hour that begins so many hours from now."""
    return BookCall(starts=play.ahead(hours), ends=play.ahead(hours + 1), reason=reason)


def asked(play: Play) -> Call:
    play.wish(
        kind="call", phone="0151 234", windows=[play.window(2, 2), play.window(26, 2)], text="After lunch"
    )
    return call_of(play)


def booked(play: Play, hours: float = 2) -> Call:
    asked(play)
    play.does(calls.book_call, at(play, hours))
    return call_of(play)


def test_a_call_is_asked_for_with_a_number_and_the_times_that_suit(play: Play) -> None:
    call = asked(play)
    assert (call.state, call.phone, len(call.windows)) == ("asked", "0151 234", 2)
    assert play.flags() == ("call_asked",)
    event = play.events[-1]
    assert (event.kind, event.text, event.data.call) == ("callback_asked", "After lunch", call)
    assert event.actor.name == "Anna Keller"


def test_a_booked_call_is_a_promise_for_its_window(play: Play) -> None:
    call = booked(play)
    assert (call.state, call.agent and call.agent.name) == ("booked", "Tess Okafor")
    assert play.last(2) == ["callback_booked", "promise_made"]
    promise = play.ticket.promises[-1]
    assert (promise.kind, promise.earliest, promise.latest) == ("callback", call.starts, call.ends)
    assert play.flags() == ()


def test_a_call_that_was_made_keeps_its_promise_and_counts_as_a_word(play: Play) -> None:
    booked(play)
    play.pass_by(hours=2.5)
    play.does(calls.call_done, Remark(text="We spoke about the dock."))
    assert call_of(play).state == "done"
    assert {promise.state for promise in play.ticket.promises} == {"kept"}
    play.pass_by(days=2)
    assert "callback_missed" not in play.last(9)
    assert play.refuses(calls.call_done, Remark()) == "The call was made already."


def test_a_call_that_nobody_made_is_missed_a_quarter_of_an_hour_after_its_end(play: Play) -> None:
    booked(play)
    play.pass_by(hours=3, minutes=14)
    assert call_of(play).state == "booked"
    play.pass_by(minutes=1)
    assert play.last(2) == ["callback_missed", "promise_missed"]
    assert call_of(play).state == "missed"
    assert {event.actor.kind for event in play.events[-2:]} == {"system"}
    assert play.flags() == ("promise_missed", "call_asked")
    play.pass_by(days=3)
    assert [event.kind for event in play.events].count(EventKind.CALLBACK_MISSED) == 1


def test_a_missed_call_can_be_booked_again_or_be_asked_for_anew(play: Play) -> None:
    booked(play)
    play.pass_by(hours=4)
    play.does(calls.book_call, at(play, 1))
    assert play.promises == [("callback", "missed"), ("callback", "open")]
    play.pass_by(hours=4)
    first = call_of(play)
    assert first.state == "missed"
    play.wish(kind="call", phone="99", windows=[play.window(1)])
    assert (call_of(play).state, call_of(play).id == first.id) == ("asked", False)


def test_nobody_answering_in_the_window_keeps_the_promise_to_ring(play: Play) -> None:
    booked(play)
    play.pass_by(hours=2.2)
    play.does(calls.call_tried, Remark(text="No answer."))
    assert (call_of(play).state, call_of(play).tries) == ("tried", 1)
    assert play.promises == [("callback", "kept")]
    play.pass_by(hours=5)
    assert call_of(play).state == "tried"
    play.does(calls.book_call, at(play, 1), by=RAVI)
    assert play.promises == [("callback", "kept"), ("callback", "open")]
    assert play.ticket.call is not None
    assert play.ticket.call.agent == RAVI.person


def test_ringing_before_the_promised_time_keeps_nothing(play: Play) -> None:
    booked(play)
    play.does(calls.call_tried, Remark())
    assert play.promises == [("callback", "open")]
    play.pass_by(hours=3.3)
    assert call_of(play).state == "missed"
    assert play.promises == [("callback", "missed")]


def test_another_time_needs_a_reason_and_both_are_told(play: Play) -> None:
    first = booked(play)
    later = at(play, 5)
    assert play.refuses(calls.book_call, later) == "A call is booked already. Say why it moves."
    same = at(play, 2, reason="Again")
    assert play.refuses(calls.book_call, same) == "The call is booked for that time already."
    play.does(calls.book_call, at(play, 5, reason="Tess is ill."))
    assert play.last(2) == ["callback_booked", "promise_moved"]
    moved = play.events[-1].data
    assert (moved.was_latest, moved.reason) == (first.ends, "Tess is ill.")
    assert play.promises == [("callback", "moved"), ("callback", "open")]


def test_asking_anew_replaces_a_booked_call_and_takes_its_promise_back(play: Play) -> None:
    booked(play)
    asked(play)
    assert play.last(2) == ["callback_asked", "promise_withdrawn"]
    assert play.promises == [("callback", "withdrawn")]
    play.pass_by(days=1)
    assert "callback_missed" not in play.last(5)


def test_a_call_is_called_off_once(play: Play) -> None:
    call = booked(play)
    assert "not the present one" in play.wish_refused(kind="call_off", about="another")
    play.wish(kind="call_off", about=call.id, text="It works.")
    assert play.last(2) == ["callback_cancelled", "promise_withdrawn"]
    assert play.wish_refused(kind="call_off", about=call.id) == "The call was called off."
    assert play.refuses(calls.book_call, at(play, 1)) == "The call was called off."


def test_an_agent_owns_up_that_nobody_will_ring(play: Play) -> None:
    booked(play)
    play.does(calls.call_missed, MissCall(reason="Everybody is at the fire drill."))
    assert play.last(2) == ["callback_missed", "promise_missed"]
    assert play.events[-2].data.reason == "Everybody is at the fire drill."
    assert play.refuses(calls.call_missed, MissCall()) == "No call is booked for a time any more."


def test_a_call_stands_while_the_requester_is_asked_something(play: Play) -> None:
    booked(play)
    play.does(agent.ask, Message(text="Which dock?"))
    assert play.promises == [("callback", "open")]
    play.pass_by(hours=4)
    assert play.promises == [("callback", "missed")]


def test_the_promise_of_a_call_goes_where_the_call_goes(play: Play) -> None:
    booked(play)
    promise = play.ticket.promises[-1]
    move = MovePromise(latest=play.ahead(9), reason="Later")
    said = play.refuses(lambda m, body: promises.move_promise(m, promise.id, body), move)
    assert said == "That promise belongs to the call. Book the call for another time instead."
    assert play.refuses(promises.make_promise, MakePromise(kind="callback", latest=play.ahead(5))) == said


def test_a_promise_to_ring_becomes_the_call_that_is_booked(play: Play) -> None:
    play.does(promises.make_promise, MakePromise(kind="callback", latest=play.ahead(8)))
    asked(play)
    assert play.promises == [("callback", "open")]
    play.does(calls.book_call, at(play, 2))
    assert play.promises == [("callback", "moved"), ("callback", "open")]


def test_a_request_is_not_ended_over_a_booked_call(play: Play) -> None:
    booked(play)
    said = "A call is still booked. Make it first, or say that it was missed."
    assert play.refuses(agent.resolve, Resolve(text="Done")) == said
    assert play.refuses(agent.close, Remark()) == said
    assert play.refuses(agent.set_status, SetStatus(state="cancelled", reason="x")) == said
    play.does(calls.call_done, Remark())
    play.does(agent.resolve, Resolve(text="Done"))


def test_a_wish_for_a_call_ends_with_the_request_and_it_is_told(play: Play) -> None:
    asked(play)
    play.does(agent.resolve, Resolve(text="Done"))
    assert "callback_cancelled" in play.last(4)
    assert play.ticket.call is not None
    assert play.ticket.call.state == "cancelled"
    assert "ask_for_call" not in play.may
    assert "fixed" in play.wish_refused(kind="call", phone="1", windows=[play.window(1)])


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"windows": []}, "Say when you are free: give at least one time."),
        ({"phone": "  "}, "The phone number is empty."),
        ({"phone": "my desk"}, "Write the number under which you can be reached."),
    ],
)
def test_a_wish_for_a_call_lacks_nothing(play: Play, said: dict[str, object], sentence: str) -> None:
    whole: dict[str, object] = {"phone": "123", "windows": [play.window(1)]}
    assert play.wish_refused(kind="call", **(whole | said)) == sentence
    assert play.last_code == "invalid"


def test_times_that_cannot_be_are_refused_and_those_that_are_over_left_out(play: Play) -> None:
    backwards = {"starts": play.ahead(3), "ends": play.ahead(2)}
    over, far = play.window(-5), play.window(3 * 365 * 24)
    for windows, part in (([backwards], "ends before"), ([over], "over already"), ([far], "too far ahead")):
        assert part in play.wish_refused(kind="call", phone="1", windows=windows)
        assert play.last_code == "invalid"
    play.wish(kind="call", phone="1", windows=[play.window(9), over, play.window(2)])
    assert [window.starts for window in call_of(play).windows] == [play.ahead(2), play.ahead(9)]
    for start, end in ((3, 2), (-4, -3), (3, 3)):
        window = BookCall(starts=play.ahead(start), ends=play.ahead(end))
        play.refuses(calls.book_call, window)
        assert play.last_code == "invalid"


def test_only_the_requester_asks_for_a_call_and_only_asked_calls_are_booked(play: Play) -> None:
    assert "Only Anna Keller" in play.refused_to(BEN, kind="call", phone="1", windows=[play.window(1)])
    assert play.last_code == "not_allowed"
    assert play.refuses(calls.book_call, at(play, 1)) == "No call is asked for."
    assert play.refuses(calls.call_tried, Remark()) == "No call is asked for."


def test_calls_go_on_after_the_work_was_taken_up_again(play: Play) -> None:
    play.does(agent.resolve, Resolve(text="Done"))
    play.wish(kind="came_back")
    play.does(agent.start, Nothing())
    call = booked(play)
    assert call.ends is not None
    assert call.ends - play.clock() == timedelta(hours=3)


def test_a_call_gets_its_quarter_of_an_hour_also_when_something_else_falls_due_before(play: Play) -> None:
    booked(play)
    play.does(promises.make_promise, MakePromise(kind="next_update", latest=play.ahead(2.8)))
    play.pass_by(hours=3, minutes=5)
    assert play.promises == [("callback", "open"), ("next_update", "missed")]
    assert call_of(play).state == "booked"
