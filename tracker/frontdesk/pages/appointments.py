"""What an agent can do about times: promises, visits and call-backs."""

from tracker.frontdesk import requests
from tracker.frontdesk.pages import bodies
from tracker.frontdesk.pages.deed import Deed, Field, ruled
from tracker.frontdesk.requests import Nothing
from tracker.frontdesk.rules import calls, promises, visits

PROMISES = (
    ("next_update", "The next update"),
    ("fix", "That it is fixed"),
    ("first_reply", "The first reply"),
)

WHY = Field("reason", "Why? They will read it", required=True)
_PROMISE = Field("promise", "Promise", kind="hidden", required=True)
_WHY_ANOTHER = Field("reason", "Why another time? They will read it", hint="When it was booked before.")
_WHO_CALLS = Field("agent", "Who calls", kind="agent", hint="Nobody chosen: you.")
_FROM = Field("starts", "From", kind="moment", required=True)
_UNTIL = Field("ends", "Until", kind="moment", required=True)


def appointments() -> tuple[Deed, ...]:
    """List them."""
    return (*_promises(), *_visits(), *_coming(), *_visit_ends(), *_calls())


def _promises() -> tuple[Deed, ...]:
    return (
        Deed(
            "promise",
            "Promise",
            ruled(requests.MakePromise, promises.make_promise),
            "It is promised, and the clock runs.",
            (
                Field("kind", "What", kind="choice", required=True, choices=PROMISES),
                Field("latest", "By", kind="moment", required=True),
                Field("reason", "A word on it"),
            ),
            icon="clock",
        ),
        Deed(
            "move-promise",
            "Move",
            ruled(bodies.MoveThisPromise, bodies.move_promise),
            "The promise is moved. The requester sees both times, and why.",
            (_PROMISE, Field("latest", "To", kind="moment", required=True), WHY),
            icon="calendar-clock",
        ),
        Deed(
            "withdraw-promise",
            "Take back",
            ruled(bodies.WithdrawThisPromise, bodies.withdraw_promise),
            "The promise is taken back.",
            (_PROMISE, WHY),
            icon="x",
        ),
    )


def _visits() -> tuple[Deed, ...]:
    return (
        Deed(
            "visit-book",
            "Book a visit",
            ruled(requests.BookVisit, visits.book),
            "The visit is booked.",
            (
                _FROM,
                _UNTIL,
                Field("place", "Where", required=True),
                Field("agent", "Who comes", kind="agent", hint="Nobody chosen: you."),
                Field("prepare", "What they should prepare", kind="lines", hint="One thing each line."),
                Field("zone", "Time zone there", hint="Where it is not the desk’s, such as Europe/Lisbon."),
            ),
            icon="calendar-plus",
        ),
        Deed(
            "visit-move",
            "Move visit",
            ruled(requests.MoveVisit, visits.reschedule),
            "The visit is moved.",
            (_FROM, _UNTIL, WHY),
            icon="calendar-clock",
        ),
        Deed(
            "visit-cancel",
            "Call visit off",
            ruled(requests.Because, visits.cancel),
            "The visit is called off.",
            (WHY,),
            icon="circle-x",
        ),
    )


def _coming() -> tuple[Deed, ...]:
    eta = (
        Field("eta_earliest", "Between", kind="moment", required=True),
        Field("eta_latest", "And", kind="moment", required=True),
    )
    return (
        Deed(
            "visit-set-off",
            "On my way",
            ruled(requests.OnTheWay, visits.on_the_way),
            "They know that you are on your way, and when to expect you.",
            eta,
            icon="truck",
        ),
        Deed(
            "visit-eta",
            "New arrival time",
            ruled(requests.OnTheWay, visits.on_the_way),
            "They know the new time.",
            eta,
            icon="clock",
        ),
    )


def _visit_ends() -> tuple[Deed, ...]:
    return (
        Deed(
            "visit-arrived",
            "I have arrived",
            ruled(Nothing, visits.arrived),
            "They know that you are there.",
            icon="map-pin",
        ),
        Deed(
            "visit-done",
            "Visit done",
            ruled(requests.FinishVisit, visits.finish),
            "The visit is over.",
            (Field("text", "What was done? They will read it", kind="words"),),
            icon="check",
            fixed={"outcome": "done"},
        ),
        Deed(
            "visit-failed",
            "Nobody there",
            ruled(requests.FinishVisit, visits.finish),
            "It is told that the visit failed.",
            (
                Field("text", "What happened? They will read it", kind="words", required=True),
                Field("starts", "New visit from", kind="moment"),
                Field("ends", "Until", kind="moment"),
            ),
            icon="circle-alert",
            fixed={"outcome": "failed"},
        ),
    )


def _calls() -> tuple[Deed, ...]:
    return (
        Deed(
            "call-book",
            "Book the call",
            ruled(requests.BookCall, calls.book_call),
            "The call is booked, and promised.",
            (_FROM, _UNTIL, _WHO_CALLS, _WHY_ANOTHER),
            icon="calendar-plus",
        ),
        Deed(
            "call-done",
            "We have talked",
            ruled(requests.Remark, calls.call_done),
            "The call is done.",
            (Field("text", "What came of it? They will read it", kind="words"),),
            icon="check",
        ),
        Deed(
            "call-tried",
            "Nobody answered",
            ruled(requests.Remark, calls.call_tried),
            "They are told that you called.",
            (Field("text", "A word on it, they will read it"),),
            icon="phone",
        ),
        Deed(
            "call-missed",
            "We did not call",
            ruled(requests.MissCall, calls.call_missed),
            "They are told, and offered another call.",
            (Field("reason", "Why? They will read it"),),
            icon="circle-alert",
        ),
    )
