"""The pages that list: the queue, call-backs and visits by time, ratings and missed promises."""

from datetime import datetime

from starlette.responses import Response

from tracker.frontdesk.pages.frame import IN_HAND, tickets_in
from tracker.frontdesk.pages.framing import framed_page
from tracker.frontdesk.pages.queue_rows import PROMISED, is_coming
from tracker.frontdesk.pages.visitor import Visitor
from tracker.frontdesk.values import Promise, Rating, State, Ticket

LOOKED_BACK = (*IN_HAND, State.CLOSED.value, State.CANCELLED.value)
MOST_LINES = 200


def show_queue(visitor: Visitor) -> Response:
    """Show the queue."""
    return framed_page(visitor, "queue.html", title="Queue")


def show_calls(visitor: Visitor) -> Response:
    """List the call-backs that are asked for, booked or were missed, the next one first."""
    due = sorted((ticket for ticket in tickets_in(visitor, IN_HAND) if _wants_call(ticket)), key=_call_time)
    return framed_page(visitor, "calls.html", title="Call-backs", tickets=due[:MOST_LINES])


def show_visits(visitor: Visitor) -> Response:
    """List the visits that are booked or under way, the next one first."""
    coming = [ticket for ticket in tickets_in(visitor, IN_HAND) if is_coming(ticket.visit)]
    coming.sort(key=_visit_time)
    return framed_page(visitor, "visits.html", title="Visits", tickets=coming[:MOST_LINES])


def show_review(visitor: Visitor) -> Response:
    """List what people thought of the help, and the promises that were missed, newest first."""
    seen = tickets_in(visitor, LOOKED_BACK)
    ratings = sorted(_ratings(seen), key=lambda pair: pair[1].at, reverse=True)
    missed = sorted(_missed(seen), key=lambda pair: pair[1].latest, reverse=True)
    mean = sum(rating.score for _, rating in ratings) / len(ratings) if ratings else None
    return framed_page(
        visitor,
        "review.html",
        title="Ratings and missed promises",
        ratings=ratings[:MOST_LINES],
        missed=missed[:MOST_LINES],
        mean=f"{mean:.1f}" if mean is not None else None,
        promised=PROMISED,
    )


def _wants_call(ticket: Ticket) -> bool:
    return ticket.call is not None and ticket.call.state in ("asked", "booked", "tried", "missed")


def _call_time(ticket: Ticket) -> datetime:
    call = ticket.call
    if call is None:
        return ticket.created_at
    return call.starts or min((window.starts for window in call.windows), default=call.asked_at)


def _visit_time(ticket: Ticket) -> datetime:
    return ticket.visit.starts if ticket.visit is not None else ticket.created_at


def _ratings(tickets: list[Ticket]) -> list[tuple[Ticket, Rating]]:
    return [(ticket, ticket.rating) for ticket in tickets if ticket.rating is not None]


def _missed(tickets: list[Ticket]) -> list[tuple[Ticket, Promise]]:
    return [
        (ticket, promise) for ticket in tickets for promise in ticket.promises if promise.state == "missed"
    ]
