"""Requests that need one card or another, made by hand at the moment of the other samples."""

from dataclasses import replace
from datetime import timedelta

from tests.ui.samples import ACCESS, DOCK, MAILBOX, NOW, PRINTER, PRIYA, at, entry
from tracker.model.call import Call, CallState
from tracker.model.event import EventKind
from tracker.model.line import line
from tracker.model.option import Option, OptionKind
from tracker.model.promise import Promise, PromiseKind, PromiseState
from tracker.model.stage import Stage
from tracker.model.ticket import Act, TicketState
from tracker.model.track import Overlay, OverlayKind, Track
from tracker.model.window import Window

LONG = "W" * 3_000

_MISSED = Promise(
    "m2",
    PromiseKind.NEXT_UPDATE,
    at(21, 12),
    at(20, 15),
    state=PromiseState.MISSED,
    made_by="Ana Costa",
    reason="the supplier has not answered",
    supersedes="m1",
)
MISSED = replace(
    MAILBOX,
    overlays=(Overlay(OverlayKind.PROMISE_MISSED, line("Update overdue"), since=at(21, 12), about="m2"),),
    you_can=(Act.ASK_FOR_NEWS, Act.ASK_FOR_CALL, Act.LET_WAIT, Act.REPLY),
    promises=(
        _MISSED,
        Promise("m1", PromiseKind.NEXT_UPDATE, at(20, 17), at(19, 9, 12), state=PromiseState.MOVED),
        Promise("m0", PromiseKind.FIRST_REPLY, at(19, 13, 12), at(19, 9, 12), state=PromiseState.KEPT),
    ),
    entries=(entry("r", at(19, 10), line("{name} replied", name="Ana"), event=EventKind.REPLY, actor=PRIYA),),
)
WINDOWS = (Window(at(21, 15), at(21, 17)), Window(at(24, 9), at(24, 11)))
CALL = Call("k1", CallState.ASKED, at(21, 11), "+49 30 123456", WINDOWS)


def called(state: CallState, *, overlay: bool = False, **more: object) -> Track:
    """Make a request with a call-back in this state; `overlay`: it did not come."""
    missed = Overlay(
        OverlayKind.CALLBACK_MISSED,
        line("The promised call did not come"),
        since=at(21, 13),
        reason="the agent was ill",
        about="k1",
    )
    return replace(
        DOCK,
        visit=None,
        call=replace(CALL, state=state, **more),  # type: ignore[arg-type]
        overlays=(missed,) if overlay else (),
        you_can=(Act.ASK_FOR_CALL, Act.REPLY) if overlay else (Act.REPLY,),
    )


BOOKED = called(CallState.BOOKED, starts=at(21, 15), ends=at(21, 15, 30), agent="Priya Nair")
CIRCLING = replace(
    ACCESS,
    overlays=(),
    in_circles=True,
    hint=line("Many messages and no step further: a call may be quicker"),
    you_can=(Act.ASK_FOR_CALL, Act.REPLY),
)
WAITING = replace(
    MAILBOX,
    overlays=(
        Overlay(
            OverlayKind.WAITING_FOR_PARTS,
            line("Waiting for parts"),
            since=at(20, 9),
            reason="the mainboard is on its way from the maker",
            who_ends=line("{who}", who="The maker, with the parcel"),
            until=at(25, 12),
            meanwhile="use the spare notebook at the front desk",
        ),
        Overlay(
            OverlayKind.HANDED_OVER,
            line("Handed over"),
            since=at(21, 9),
            reason="it is a network fault",
            who_ends=line("Whoever has it now, with a first word"),
            detail=line("From {before} to {to}", before="Ana Costa", to="Network"),
        ),
    ),
    you_can=(Act.ASK_FOR_NEWS, Act.REPLY),
)
ASKED_OF_YOU = replace(
    ACCESS,
    overlays=(
        Overlay(
            OverlayKind.WAITING_FOR_YOU,
            line("Waiting for you"),
            since=at(20, 16, 40),
            reason="Which share do you need?",
            who_ends=line("You, with an answer"),
        ),
    ),
)
OPTIONS = (
    Option("o1", OptionKind.WAIT, "Wait for the new one", "It comes in about three weeks."),
    Option("o2", OptionKind.LOAN, "Take a loan notebook", "Ready at the front desk from 14:00."),
    Option("o3", OptionKind.WORKAROUND, "Work in the browser", ""),
    Option("o4", OptionKind.CANCEL, "Cancel the request", "You keep the one you have."),
)
POWERLESS = replace(
    MAILBOX,
    ticket=replace(MAILBOX.ticket, options=OPTIONS),
    overlays=(
        Overlay(
            OverlayKind.POWERLESS,
            line("Nothing can be done right now"),
            since=at(21, 9),
            reason="This notebook is not made any more, and the next one is not out yet.",
        ),
    ),
    you_can=(Act.CHOOSE, Act.REPLY),
)
UNHEARD = replace(
    PRINTER,
    overlays=(Overlay(OverlayKind.CLOSED_UNHEARD, line("Closed without an answer"), since=at(21, 10)),),
    you_can=(Act.CONFIRM, Act.NOT_FIXED, Act.THANK, Act.REPLY),
)
CLOSED = replace(
    PRINTER,
    ticket=replace(PRINTER.ticket, state=TicketState.CLOSED, auto_close_at=None),
    stage=Stage.DONE,
    you_can=(Act.RATE, Act.THANK),
    done_at=NOW - timedelta(hours=1),
)
LOOKING_BACK = replace(CLOSED, you_can=(Act.CHECK_IN,), done_at=NOW - timedelta(days=4))
