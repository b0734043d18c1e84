"""A person at a computer, told by the policy: what happened on the screen, at moments of November 2025."""

from collections.abc import Sequence
from datetime import datetime

from tests.model.making import BERLIN, clock, said
from tracker.model.attention import Attention, News, Reader, decide, heard, withdrawn
from tracker.model.event import Event
from tracker.model.focus import HIDDEN, Focus
from tracker.model.notice import Notice, Show
from tracker.model.pulse import pulse
from tracker.model.reminders import next_reminder, reminders
from tracker.model.telling import NotifySettings
from tracker.model.ticket import Ticket, TicketId


class Screen:
    """Asks the policy as the sync thread does, and keeps what it decided.

    `notices` are all that the last question brought.
    """

    def __init__(self, since: datetime | None, settings: NotifySettings | None = None) -> None:
        self.state = Attention(last_contact=since)
        self.settings = settings or NotifySettings()
        self.focus = HIDDEN
        self.notices: tuple[Notice, ...] = ()
        self._next_call: datetime | None = None

    def hear(self, now: datetime, ticket: Ticket, *events: Event, live: bool = True) -> list[str]:
        """Hear news of one ticket; gives what is shown, as `Shown` words."""
        return self.hear_all(now, [News(ticket, events, live)])

    def hear_all(self, now: datetime, news: Sequence[News]) -> list[str]:
        """Hear news of several tickets at once."""
        self.state, self.notices, self._next_call = decide(self.state, news, self._reader(), now)
        return self._shown(now)

    def tick(self, now: datetime, *due: Notice) -> list[str]:
        """Ask because time has passed."""
        self.state, self.notices, self._next_call = decide(self.state, (), self._reader(), now, due)
        return self._shown(now)

    def remind(self, now: datetime, ticket: Ticket, *events: Event) -> list[str]:
        """Ask what the clock alone has made due for a ticket."""
        return self.tick(now, *reminders(pulse(ticket, events, clock(now)), now, BERLIN))

    def stay_connected(self, now: datetime) -> None:
        """Hear from the desk that there is nothing new."""
        self.state = heard(self.state, now)

    def read(self, ticket: str = "7") -> None:
        """Open the ticket's page."""
        self.state = withdrawn(self.state, TicketId(ticket))

    def look_at(self, ticket: str | None) -> None:
        """Have a ticket's page on the screen (None: no window)."""
        self.focus = HIDDEN if ticket is None else Focus(visible=True, ticket=TicketId(ticket))

    def asks_again(self) -> datetime | None:
        """Give when the policy wants to be asked again."""
        return self._next_call

    def listed(self) -> list[str]:
        """Give the ids of what went into the list alone."""
        return [notice.id for notice in self.notices if notice.show is Show.LIST]

    def _reader(self) -> Reader:
        return Reader(self.settings, self.focus, BERLIN)

    def _shown(self, now: datetime) -> list[str]:
        """Say what a person sees: "=" before what takes the place of a toast without a sound."""
        signs = {Show.TOAST: "", Show.REPLACE: "= "}
        return [signs[n.show] + said(n.body, now) for n in self.notices if n.show is not Show.LIST]


def next_moment(ticket: Ticket, events: list[Event], now: datetime) -> datetime | None:
    """Give when the clock alone makes something due for a ticket."""
    return next_reminder(pulse(ticket, events, clock(now)), now, BERLIN)
