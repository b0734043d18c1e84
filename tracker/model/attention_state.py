"""What the notice policy remembers between two decisions, and for whom it decides."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo

from tracker.model.estimate import Estimate
from tracker.model.focus import Focus
from tracker.model.notice import Notice, NoticeClass
from tracker.model.telling import NotifySettings
from tracker.model.ticket import TicketId

LIVE_FOR = timedelta(days=1)
"""For how long a toast is remembered; no window is longer."""


@dataclass(frozen=True, slots=True)
class Live:
    """The last toast of a ticket: its class, and when the first of those it was merged with came.

    `chat`: it was of a conversation and can be replied to.
    """

    ticket: TicketId
    notice_class: NoticeClass
    shown_at: datetime
    chat: bool = False


@dataclass(frozen=True, slots=True)
class Attention:
    """What the policy remembers, kept on disk with the news it was made from.

    `last_contact`: when the desk was last heard. `told`: ids of what was already judged (the high-water
    mark). `held`: notices that wait for the end of quiet hours. `digest`: those that wait for the next
    digest, at `digest_due`. `day`, `progress_today`: the budget. `estimates`: when technicians on the way
    arrive, as it was told last.
    """

    last_contact: datetime | None = None
    told: tuple[str, ...] = ()
    live: tuple[Live, ...] = ()
    held: tuple[Notice, ...] = ()
    digest: tuple[Notice, ...] = ()
    digest_due: datetime | None = None
    day: date | None = None
    progress_today: int = 0
    estimates: tuple[tuple[TicketId, Estimate], ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """Who is told: their wishes, what they look at, and their zone."""

    settings: NotifySettings
    focus: Focus
    zone: tzinfo


def heard(state: Attention, now: datetime) -> Attention:
    """Note that the desk was heard, with nothing new: the next news is not "after a gap"."""
    return replace(state, last_contact=now)


def withdrawn(state: Attention, ticket: TicketId) -> Attention:
    """Note that the person has read the ticket: its toast is gone, what was held about it is told.

    That it had a toast of progress is still known, so that it gets no second one within the window.
    """
    return replace(
        state,
        live=tuple(
            live for live in state.live if live.ticket != ticket or live.notice_class is NoticeClass.PROGRESS
        ),
        held=tuple(notice for notice in state.held if notice.ticket != ticket),
        digest=tuple(notice for notice in state.digest if notice.ticket != ticket),
    )


def up_to_date(state: Attention, now: datetime, zone: tzinfo) -> Attention:
    """Begin a new day's budget, and forget toasts that nothing is merged with any more."""
    today = now.astimezone(zone).date()
    if state.day != today:
        state = replace(state, day=today, progress_today=0)
    live = tuple([live for live in state.live if timedelta() <= now - live.shown_at < LIVE_FOR])
    return state if len(live) == len(state.live) else replace(state, live=live)
