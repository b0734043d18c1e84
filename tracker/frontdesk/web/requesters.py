"""Calls of people who ask for help: the catalogue, their tickets, and what they may do with them."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from tracker.frontdesk import carrying_out, limits, reading
from tracker.frontdesk.answers import Changes, CommandOutcome, Done, FeedEnd, Slots, TicketItem, TicketPage
from tracker.frontdesk.carrying_out import Carried
from tracker.frontdesk.reading import PageWish, Viewer
from tracker.frontdesk.refusals import Code, Refused
from tracker.frontdesk.requests import Body, Explanation, MakeWish, Message, Nothing, RaiseTicket, Rate
from tracker.frontdesk.rules import requester
from tracker.frontdesk.rules.wishes import make_wish
from tracker.frontdesk.storage.tickets import QueueFilter
from tracker.frontdesk.web.acting import COMMANDED, acting, no_files, sent_files
from tracker.frontdesk.web.route import Call, Commanding, NoQuery, Reading, Route, Spec

Limit = Annotated[int, Meta(ge=1, le=limits.PAGE_ITEMS)]
Flag = Literal[0, 1]
View = Literal["mine", "desk"]
FOUND: tuple[Code, ...] = ("not_found",)


class ListQuery(Struct, frozen=True, kw_only=True):
    """Which part of a list; `after` is the page before's `next`."""

    after: str | None = None
    limit: Limit = 50
    events: Flag = 0
    scope: View = "mine"

    @property
    def wish(self) -> PageWish:
        """The page asked for."""
        return PageWish(after=self.after, limit=self.limit, with_events=bool(self.events))


class TicketQuery(Struct, frozen=True, kw_only=True):
    """Whether to tell the events too, and to agents the internal ones."""

    events: Flag = 0
    scope: View = "mine"


class ChangesQuery(Struct, frozen=True, kw_only=True):
    """After which cursor."""

    after: str
    limit: Limit = limits.PAGE_ITEMS
    scope: View = "mine"


def scoped(viewer: Viewer, scope: View) -> Viewer:
    """Widen the view to the whole desk where asked; raises `Refused` for those who are not agents."""
    if scope == "mine":
        return viewer
    if not viewer.is_agent:
        raise Refused("not_allowed", "Only agents of the desk may see all of it.")
    return Viewer(viewer.user, whole_desk=True)


def _list(call: Call[Nothing, ListQuery]) -> TicketPage:
    viewer = scoped(call.viewer, call.query.scope)
    if viewer.whole_desk:
        return reading.desk_tickets(call.desk, viewer, call.query.wish, QueueFilter())
    return reading.my_tickets(call.desk, viewer, call.query.wish)


def _show(call: Call[Nothing, TicketQuery]) -> TicketItem:
    viewer = scoped(call.viewer, call.query.scope)
    with_events = bool(call.query.events)
    return reading.one_ticket(call.desk, viewer, call.path["number"], with_events=with_events)


def _slots(call: Call[Nothing, NoQuery]) -> Slots:
    return reading.slots(call.desk, call.viewer, call.path["number"])


def _changes(call: Call[Nothing, ChangesQuery]) -> Changes:
    viewer = scoped(call.viewer, call.query.scope)
    return reading.changes_after(call.desk, viewer, call.query.after, limit=call.query.limit)


def _cursor(call: Call[Nothing, NoQuery]) -> FeedEnd:
    return FeedEnd(cursor=reading.feed_end(call.desk))


def _command(call: Call[Nothing, NoQuery]) -> CommandOutcome:
    return reading.command_outcome(call.desk, call.viewer, call.path["key"])


def _raise(call: Call[RaiseTicket, NoQuery]) -> Carried:
    return carrying_out.raise_ticket(call.desk, call.order, call.body)


def requester_routes() -> tuple[Route, ...]:
    """List the calls of this file."""
    return (*_readings(), *_commands())


def _readings() -> tuple[Route, ...]:
    return (
        Reading(Spec("GET", "/cursor", "Where the feed ends now", FeedEnd), NoQuery, _cursor),
        Reading(
            Spec("GET", "/tickets", "My tickets, page by page", TicketPage, query=ListQuery), ListQuery, _list
        ),
        Reading(
            Spec("GET", "/tickets/{number}", "One ticket", TicketItem, query=TicketQuery, refusals=FOUND),
            TicketQuery,
            _show,
        ),
        Reading(
            Spec("GET", "/tickets/{number}/slots", "Times for a visit", Slots, refusals=FOUND),
            NoQuery,
            _slots,
        ),
        Reading(
            Spec("GET", "/changes", "What happened after a cursor", Changes, query=ChangesQuery),
            ChangesQuery,
            _changes,
        ),
        Reading(
            Spec("GET", "/commands/{key}", "What became of my command", CommandOutcome, refusals=FOUND),
            NoQuery,
            _command,
        ),
    )


def _commands() -> tuple[Route, ...]:
    ticket = "/tickets/{number}"
    return (
        Commanding(_command_spec("/tickets", "Raise a request", RaiseTicket), RaiseTicket, _raise),
        Commanding(
            _command_spec(f"{ticket}/replies", "Write to the desk", Message),
            Message,
            acting(requester.reply, sent_files),
        ),
        Commanding(
            _command_spec(f"{ticket}/confirm", "Say that it works", Nothing),
            Nothing,
            acting(requester.confirm, no_files),
        ),
        Commanding(
            _command_spec(f"{ticket}/not-fixed", "Say that it does not work yet", Explanation),
            Explanation,
            acting(requester.say_not_fixed, sent_files),
        ),
        Commanding(
            _command_spec(f"{ticket}/wishes", "Ask for something, or say something about it", MakeWish),
            MakeWish,
            acting(make_wish, no_files),
        ),
        Commanding(
            _command_spec(f"{ticket}/rating", "Say how it was", Rate), Rate, acting(requester.rate, no_files)
        ),
    )


def _command_spec(path: str, summary: str, body: type[Body]) -> Spec:
    return Spec("POST", path, summary, Done, body=body, status=201, key="required", refusals=COMMANDED)
