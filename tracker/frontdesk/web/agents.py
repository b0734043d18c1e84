"""Calls of agents: the queue, who works here, and everything they do with a ticket."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from tracker.frontdesk import carrying_out, limits, queueing, requests
from tracker.frontdesk.answers import Done, People, QueuePage
from tracker.frontdesk.carrying_out import Carried
from tracker.frontdesk.reading import PageWish, Viewer
from tracker.frontdesk.requests import Body, Merge, Nothing
from tracker.frontdesk.rules import agent, calls, options, promises, visits
from tracker.frontdesk.storage.people import list_accounts
from tracker.frontdesk.storage.tickets import QueueFilter
from tracker.frontdesk.values import ENDED, Role, State
from tracker.frontdesk.web.acting import COMMANDED, acting, acting_on_promise, no_files, sent_files
from tracker.frontdesk.web.route import Call, Commanding, NoQuery, Reading, Route, Spec

TICKET = "/agent/tickets/{number}"
PROMISE = f"{TICKET}/promises/{{promise}}"
IN_HAND = tuple(state.value for state in State if state not in ENDED)


class QueueQuery(Struct, frozen=True, kw_only=True):
    """Which tickets; without `state`, all that have not ended. `owner`: an id, `me` or `none`."""

    state: State | None = None
    team: str | None = None
    owner: str | None = None
    after: str | None = None
    limit: Annotated[int, Meta(ge=1, le=limits.PAGE_ITEMS)] = 50
    events: Literal[0, 1] = 0


class PeopleQuery(Struct, frozen=True, kw_only=True):
    """Only those with this role."""

    role: Role | None = None


def _queue(call: Call[Nothing, QueueQuery]) -> QueuePage:
    query = call.query
    wish = PageWish(after=query.after, limit=query.limit, with_events=bool(query.events))
    owner = {"me": call.caller.user.id, "none": ""}.get(query.owner or "", query.owner)
    states = (query.state.value,) if query.state is not None else IN_HAND
    chosen = QueueFilter(states=states, team=query.team, owner=owner)
    return queueing.queue(call.desk, Viewer(call.caller.user, whole_desk=True), wish, chosen)


def _people(call: Call[Nothing, PeopleQuery]) -> People:
    with call.desk.reading() as connection:
        accounts = list_accounts(connection, call.query.role)
    return People(people=tuple(account.user for account in accounts if not account.disabled))


def _merge(call: Call[Merge, NoQuery]) -> Carried:
    return carrying_out.merge(call.desk, call.order, call.path["number"], call.body)


def agent_routes() -> tuple[Route, ...]:
    """List the calls of this file."""
    return (*_readings(), *_words(), *_moves(), *_promises(), *_visits(), *_calls())


def _readings() -> tuple[Route, ...]:
    queue = Spec(
        "GET",
        "/agent/queue",
        "Tickets of the desk, the most pressing first",
        QueuePage,
        query=QueueQuery,
        access="agent",
    )
    people = Spec("GET", "/agent/people", "Who has a sign-in", People, query=PeopleQuery, access="agent")
    return (Reading(queue, QueueQuery, _queue), Reading(people, PeopleQuery, _people))


def _words() -> tuple[Route, ...]:
    message, remark = requests.Message, requests.Remark
    return (
        Commanding(
            _spec("reply", "Write to the requester", message), message, acting(agent.reply, sent_files)
        ),
        Commanding(_spec("ask", "Ask the requester", message), message, acting(agent.ask, sent_files)),
        Commanding(
            _spec("note", "Write to colleagues only", message), message, acting(agent.note, sent_files)
        ),
        Commanding(
            _spec("heartbeat", "Still on it, nothing new", remark), remark, acting(agent.heartbeat, no_files)
        ),
    )


def _moves() -> tuple[Route, ...]:
    assign, status, priority = requests.Assign, requests.SetStatus, requests.SetPriority
    categorise, resolve, remark = requests.Categorise, requests.Resolve, requests.Remark
    return (
        Commanding(_spec("assign", "Give it to somebody", assign), assign, acting(agent.assign, no_files)),
        Commanding(_spec("start", "Begin or go on", Nothing), Nothing, acting(agent.start, no_files)),
        Commanding(_spec("status", "Move it by hand", status), status, acting(agent.set_status, no_files)),
        Commanding(
            _spec("priority", "Say how urgent it is", priority),
            priority,
            acting(agent.set_priority, no_files),
        ),
        Commanding(
            _spec("categorise", "Put it under another service", categorise),
            categorise,
            acting(agent.categorise, no_files),
        ),
        Commanding(
            _spec("resolve", "Say that it is fixed", resolve), resolve, acting(agent.resolve, no_files)
        ),
        Commanding(_spec("close", "End it", remark), remark, acting(agent.close, no_files)),
        Commanding(_spec("merge", "End it in favour of another", Merge), Merge, _merge),
    )


def _promises() -> tuple[Route, ...]:
    make, move, because = requests.MakePromise, requests.MovePromise, requests.Because
    return (
        Commanding(
            _spec("promises", "Promise something", make), make, acting(promises.make_promise, no_files)
        ),
        Commanding(
            _spec("promises/{promise}/move", "Promise another time", move),
            move,
            acting_on_promise(promises.move_promise),
        ),
        Commanding(
            _spec("promises/{promise}/withdraw", "Take a promise back", because),
            because,
            acting_on_promise(promises.withdraw_promise),
        ),
    )


def _visits() -> tuple[Route, ...]:
    book, move, because = requests.BookVisit, requests.MoveVisit, requests.Because
    on_the_way, finish = requests.OnTheWay, requests.FinishVisit
    return (
        Commanding(_spec("visit", "Book a visit", book), book, acting(visits.book, no_files)),
        Commanding(_spec("visit/move", "Move the visit", move), move, acting(visits.reschedule, no_files)),
        Commanding(
            _spec("visit/cancel", "Call the visit off", because), because, acting(visits.cancel, no_files)
        ),
        Commanding(
            _spec("visit/on-the-way", "Say when somebody comes", on_the_way),
            on_the_way,
            acting(visits.on_the_way, no_files),
        ),
        Commanding(
            _spec("visit/arrived", "Say that somebody is there", Nothing),
            Nothing,
            acting(visits.arrived, no_files),
        ),
        Commanding(
            _spec("visit/finish", "Say how the visit ended", finish), finish, acting(visits.finish, no_files)
        ),
    )


def _calls() -> tuple[Route, ...]:
    book, remark, miss, offer = requests.BookCall, requests.Remark, requests.MissCall, requests.OfferOptions
    return (
        Commanding(_spec("call/book", "Promise to ring", book), book, acting(calls.book_call, no_files)),
        Commanding(
            _spec("call/tried", "Say that nobody answered", remark),
            remark,
            acting(calls.call_tried, no_files),
        ),
        Commanding(
            _spec("call/done", "Say that you have spoken", remark), remark, acting(calls.call_done, no_files)
        ),
        Commanding(
            _spec("call/missed", "Own up that nobody rang", miss), miss, acting(calls.call_missed, no_files)
        ),
        Commanding(
            _spec("options", "Lay out what is left to choose", offer), offer, acting(options.offer, no_files)
        ),
    )


def _spec(what: str, summary: str, body: type[Body]) -> Spec:
    path = f"{TICKET}/{what}"
    return Spec(
        "POST",
        path,
        summary,
        Done,
        body=body,
        status=201,
        access="agent",
        key="optional",
        refusals=COMMANDED,
    )
