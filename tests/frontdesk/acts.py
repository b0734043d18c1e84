"""Everything that people can do to a ticket, each ready to be done at any time."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import msgspec
from hypothesis import strategies as st

from tracker.frontdesk import requests
from tracker.frontdesk.default_settings import DEFAULT_SETTINGS
from tracker.frontdesk.rules import (
    agent,
    calls,
    chat,
    chat_agents,
    options,
    promises,
    requester,
    visits,
    wishes,
)
from tracker.frontdesk.rules.chat_offer import Floor
from tracker.frontdesk.rules.move import Booked, Context, Move, Said
from tracker.frontdesk.rules.slots import offered_slots
from tracker.frontdesk.settings import DeskSettings
from tracker.frontdesk.values import Person, User
from tracker.model.option import OptionKind
from tracker.model.wish import WishKind

SETTINGS = msgspec.toml.decode(DEFAULT_SETTINGS, type=DeskSettings)
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ANNA = User(id="u1", login="anna", name="Anna Keller", email="a@x.example", role="requester")
TESS = User(id="u3", login="tess", name="Tess Okafor", email="t@x.example", role="agent")
RAVI = User(id="u4", login="ravi", name="Ravi Menon", email="r@x.example", role="agent")


class Staff:
    """Two agents."""

    def agent(self, person_id: str) -> Person:
        """Give one of them."""
        return {"u3": TESS, "u4": RAVI}[person_id].person

    def agents(self) -> tuple[Person, ...]:
        """Give both."""
        return (RAVI.person, TESS.person)

    def chat_floor(self) -> Floor:
        """Tess is there and nobody waits."""
        return Floor(available=frozenset({"u3"}))

    def chat_message(self, message_id: str) -> Said | None:
        """Nothing can be found again."""
        return None

    def visits_ahead(self) -> tuple[Booked, ...]:
        """Nobody is anywhere."""
        return ()


class Act(NamedTuple):
    """Somebody does something; `rule` gets the move with its time."""

    who: User
    rule: Callable[[Move], None]


def ahead(move: Move, hours: float) -> datetime:
    return move.now + timedelta(hours=hours)


def _first_open(move: Move) -> str:
    return next((p.id for p in move.ticket.promises if p.state in ("open", "paused")), "none")


WORDS = requests.Message(text="Some words")
ACTS = {
    "assign": Act(TESS, lambda m: agent.assign(m, requests.Assign(agent="u3"))),
    "hand over": Act(TESS, lambda m: agent.assign(m, requests.Assign(agent="u4", reason="Better at it"))),
    "start": Act(TESS, lambda m: agent.start(m, requests.Nothing())),
    "say": Act(TESS, lambda m: agent.reply(m, WORDS)),
    "ask": Act(TESS, lambda m: agent.ask(m, WORDS)),
    "note": Act(TESS, lambda m: agent.note(m, WORDS)),
    "heartbeat": Act(TESS, lambda m: agent.heartbeat(m, requests.Remark())),
    "wait": Act(TESS, lambda m: agent.set_status(m, requests.SetStatus(state="waiting_for_parts"))),
    "work": Act(TESS, lambda m: agent.set_status(m, requests.SetStatus(state="working"))),
    "cancel": Act(TESS, lambda m: agent.set_status(m, requests.SetStatus(state="cancelled", reason="x"))),
    "resolve": Act(TESS, lambda m: agent.resolve(m, requests.Resolve(text="Done"))),
    "close": Act(TESS, lambda m: agent.close(m, requests.Remark())),
    "promise": Act(
        TESS, lambda m: promises.make_promise(m, requests.MakePromise(kind="next_update", latest=ahead(m, 4)))
    ),
    "promise fix": Act(
        TESS, lambda m: promises.make_promise(m, requests.MakePromise(kind="fix", latest=ahead(m, 9)))
    ),
    "move promise": Act(
        TESS,
        lambda m: promises.move_promise(
            m, _first_open(m), requests.MovePromise(latest=ahead(m, 8), reason="Late")
        ),
    ),
    "withdraw": Act(
        TESS, lambda m: promises.withdraw_promise(m, _first_open(m), requests.Because(reason="x"))
    ),
    "book": Act(
        TESS,
        lambda m: visits.book(m, requests.BookVisit(starts=ahead(m, 1), ends=ahead(m, 2), place="Room 1")),
    ),
    "on the way": Act(
        RAVI,
        lambda m: visits.on_the_way(
            m, requests.OnTheWay(eta_earliest=ahead(m, 0.1), eta_latest=ahead(m, 0.2))
        ),
    ),
    "arrive": Act(RAVI, lambda m: visits.arrived(m, requests.Nothing())),
    "finish": Act(RAVI, lambda m: visits.finish(m, requests.FinishVisit(outcome="done"))),
    "fail": Act(RAVI, lambda m: visits.finish(m, requests.FinishVisit(outcome="failed", text="Nobody in"))),
    "call off": Act(RAVI, lambda m: visits.cancel(m, requests.Because(reason="x"))),
    "reply": Act(ANNA, lambda m: requester.reply(m, WORDS)),
    "confirm": Act(ANNA, lambda m: requester.confirm(m, requests.Nothing())),
    "not fixed": Act(ANNA, lambda m: requester.say_not_fixed(m, requests.Explanation(text="No"))),
    "rate": Act(ANNA, lambda m: requester.rate(m, requests.Rate(score=4))),
}


OFFER = requests.OfferOptions(
    text="Nothing to be done",
    options=(
        requests.OfferedOption(kind=OptionKind.WAIT, label="Wait"),
        requests.OfferedOption(kind=OptionKind.CANCEL, label="Cancel"),
    ),
)


def wishing(kind: WishKind, *, phone: str = "", place: str = "") -> Act:
    """Let Anna wish for something; what it is about is what the ticket has."""

    def rule(move: Move) -> None:
        visit, options = move.ticket.visit, move.ticket.options
        about = (options[0].id if options else "none") if kind is WishKind.OPTION else ""
        if kind.startswith("visit"):
            about = visit.id if visit is not None else "none"
        free = (requests.Between(starts=ahead(move, 2), ends=ahead(move, 3)),)
        windows = free if kind in (WishKind.CALL, WishKind.VISIT_MOVE) else ()
        wish = requests.MakeWish(kind=kind, about=about, windows=windows, score=3, phone=phone, place=place)
        wishes.make_wish(move, wish)

    return Act(ANNA, rule)


def _choose_last(move: Move) -> None:
    about = move.ticket.options[-1].id if move.ticket.options else "none"
    wishes.make_wish(move, requests.MakeWish(kind=WishKind.OPTION, about=about))


def _take_slot(move: Move) -> None:
    offered = offered_slots(move.ticket, move.context)
    visit = move.ticket.visit
    slot, about = (offered[0].id if offered else "x"), visit.id if visit is not None else "x"
    wishes.make_wish(move, requests.MakeWish(kind=WishKind.VISIT_MOVE, about=about, slot=slot))


ACTS |= {
    "start chat": Act(ANNA, lambda m: chat.start(m, requests.StartChat(text="Hello"))),
    "join chat": Act(TESS, lambda m: chat_agents.accept(m, requests.Nothing())),
    "say in chat": Act(ANNA, lambda m: chat.send(m, WORDS)),
    "answer in chat": Act(TESS, lambda m: chat.send(m, WORDS)),
    "give chat back": Act(TESS, lambda m: chat_agents.hand_over(m, requests.HandOver())),
    "leave chat": Act(TESS, lambda m: chat_agents.leave(m, requests.Nothing())),
    "end chat": Act(ANNA, lambda m: chat.end(m, requests.Nothing())),
    "want news": wishing(WishKind.NEWS),
    "let wait": wishing(WishKind.CAN_WAIT),
    "want call": wishing(WishKind.CALL, phone="123"),
    "call off call": wishing(WishKind.CALL_OFF),
    "suits": wishing(WishKind.VISIT_OK),
    "other time": wishing(WishKind.VISIT_MOVE),
    "take slot": Act(ANNA, _take_slot),
    "not there": wishing(WishKind.VISIT_NOT_THERE),
    "place": wishing(WishKind.VISIT_PLACE, place="Lobby"),
    "thank": wishing(WishKind.THANKS),
    "still fine": wishing(WishKind.STILL_FINE),
    "came back": wishing(WishKind.CAME_BACK),
    "choose": wishing(WishKind.OPTION),
    "choose last": Act(ANNA, _choose_last),
    "offer": Act(TESS, lambda m: options.offer(m, OFFER)),
    "book call": Act(
        TESS,
        lambda m: calls.book_call(m, requests.BookCall(starts=ahead(m, 1), ends=ahead(m, 2), reason="x")),
    ),
    "try call": Act(TESS, lambda m: calls.call_tried(m, requests.Remark())),
    "do call": Act(TESS, lambda m: calls.call_done(m, requests.Remark())),
    "miss call": Act(TESS, lambda m: calls.call_missed(m, requests.MissCall())),
    "promise call": Act(
        TESS, lambda m: promises.make_promise(m, requests.MakePromise(kind="callback", latest=ahead(m, 5)))
    ),
    "fail again": Act(
        RAVI,
        lambda m: visits.finish(
            m, requests.FinishVisit(outcome="failed", text="x", starts=ahead(m, 3), ends=ahead(m, 4))
        ),
    ),
    "wait long": Act(
        TESS,
        lambda m: agent.set_status(
            m, requests.SetStatus(state="waiting_for_supplier", until=ahead(m, 50), who="Acme")
        ),
    ),
}


LAST = {"choose last", "cancel", "close", "confirm"}
HELD = ("promise fix", "ask", "reply", "promise", "want call", "book call", "try call", "book")
# What ends a ticket ends the story: rarer. What stops and starts clocks is where mistakes hide: more often.
deeds = st.one_of(
    st.sampled_from([name for name in sorted(ACTS) if name not in LAST]),
    st.sampled_from(HELD),
    st.sampled_from(sorted(ACTS)),
)


def context_at(now: datetime) -> Context:
    return Context(now=now, settings=SETTINGS, directory=Staff())
