"""One request and the two who deal with it, on a desk in this process whose clock can be moved."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

import msgspec
import pytest

from tests.frontdesk.clock import Clock
from tracker.frontdesk import carrying_out, requests
from tracker.frontdesk.answers import Done, QueueItem
from tracker.frontdesk.carrying_out import Order, let_things_happen
from tracker.frontdesk.desk import Desk
from tracker.frontdesk.queueing import queue
from tracker.frontdesk.reading import PageWish, Viewer, one_ticket
from tracker.frontdesk.refusals import Code, Refused
from tracker.frontdesk.requests import Body, MakeWish
from tracker.frontdesk.rules import visits
from tracker.frontdesk.rules.flags import Flag
from tracker.frontdesk.rules.move import Move
from tracker.frontdesk.rules.wishes import make_wish
from tracker.frontdesk.storage.tickets import QueueFilter
from tracker.frontdesk.values import Act, Event, Ticket, User, Visit
from tracker.model.ticket import Priority

ANNA = User(id="u1", login="anna", name="Anna Keller", email="", role="requester")
BEN = User(id="u2", login="ben", name="Ben Ortiz", email="", role="requester")
TESS = User(id="u3", login="tess", name="Tess Okafor", email="", role="agent")
RAVI = User(id="u4", login="ravi", name="Ravi Menon", email="", role="agent")

BodyT = TypeVar("BodyT", bound=Body)


class Play:
    """Anna's request, numbered `number`; every act is one command at the desk."""

    def __init__(self, desk: Desk, clock: Clock) -> None:
        self.desk = desk
        self.clock = clock
        self.number = self.raise_one()

    def raise_one(self) -> str:
        """Raise another request of Anna's and give its number."""
        body = requests.RaiseTicket(
            service="other", subject="Dock", text="Broken", cc=("ben",), priority=Priority.HIGH
        )
        done = carrying_out.raise_ticket(self.desk, Order(ANNA, None, b""), body)
        return msgspec.json.decode(done.answer, type=Done).ticket.number

    def wish(self, **said: object) -> Done:
        """Make Anna's wish as it comes over the wire; one about a visit is about the present one."""
        return self._wish(ANNA, said)

    def _wish(self, user: User, said: dict[str, object]) -> Done:
        if str(said["kind"]).startswith("visit") and "about" not in said:
            said["about"] = self.visit.id
        body = msgspec.convert(said, MakeWish)
        return self._act(user, lambda move: make_wish(move, body), is_agent=False)

    def wish_refused(self, **said: object) -> str:
        """Make a wish that may not be made now; gives the sentence, and checks that nothing was changed."""
        return self.refused_to(ANNA, **said)

    def refused_to(self, wisher: User, **said: object) -> str:
        """Let somebody make a wish that they may not make."""
        before = self.ticket, self.events
        with pytest.raises(Refused) as refused:
            self._wish(wisher, said)
        assert (self.ticket, self.events) == before
        self.last_code: Code = refused.value.code
        return str(refused.value)

    def says(self, rule: Callable[[Move, BodyT], None], body: BodyT) -> Done:
        """Let Anna do something that is no wish."""
        return self._act(ANNA, lambda move: rule(move, body), is_agent=False)

    def does(self, rule: Callable[[Move, BodyT], None], body: BodyT, *, by: User = TESS) -> Done:
        """Let an agent do something."""
        return self._act(by, lambda move: rule(move, body), is_agent=True)

    def refuses(self, rule: Callable[[Move, BodyT], None], body: BodyT) -> str:
        """Let an agent try what is not possible now; gives the sentence, checks that nothing was changed."""
        before = self.ticket, self.events
        with pytest.raises(Refused) as refused:
            self.does(rule, body)
        assert (self.ticket, self.events) == before
        self.last_code = refused.value.code
        return str(refused.value)

    def book_visit(self, hours: float = 24, *, number: str | None = None, by: User = TESS) -> Visit:
        """Book a visit of two hours that begins so many hours from now."""
        body = requests.BookVisit(starts=self.ahead(hours), ends=self.ahead(hours + 2), place="Room 2")
        visit = self._act(by, lambda move: visits.book(move, body), is_agent=True, number=number).ticket.visit
        assert visit is not None
        return visit

    def pass_by(self, **how_long: float) -> None:
        """Let time pass, and happen what happens by itself."""
        self.clock.pass_by(**how_long)
        let_things_happen(self.desk)

    def ahead(self, hours: float) -> datetime:
        """Give the moment so many hours from now."""
        return self.clock() + timedelta(hours=hours)

    def window(self, hours: float, length: float = 1) -> dict[str, datetime]:
        """Give a window so many hours from now."""
        return {"starts": self.ahead(hours), "ends": self.ahead(hours + length)}

    @property
    def ticket(self) -> Ticket:
        """The request as Anna sees it now."""
        return one_ticket(self.desk, Viewer(ANNA), self.number, with_events=False).ticket

    @property
    def visit(self) -> Visit:
        """The present visit."""
        visit = self.ticket.visit
        assert visit is not None
        return visit

    @property
    def may(self) -> set[Act]:
        """What Anna may do now."""
        return set(self.ticket.may)

    @property
    def events(self) -> tuple[Event, ...]:
        """Everything that happened, as Anna is told it."""
        return one_ticket(self.desk, Viewer(ANNA), self.number, with_events=True).events or ()

    def last(self, count: int) -> list[str]:
        """Name the last kinds of event."""
        return [event.kind.value for event in self.events[-count:]]

    @property
    def promises(self) -> list[tuple[str, str]]:
        """The kind and state of every promise but the first reply's."""
        return [(p.kind, p.state) for p in self.ticket.promises if p.kind != "first_reply"]

    def queue(self) -> list[str]:
        """List the numbers in the agents' queue."""
        return [item.ticket.number for item in self._queue()]

    def flags(self) -> tuple[Flag, ...]:
        """What agents see on the request."""
        return next(item.flags for item in self._queue() if item.ticket.number == self.number)

    def _queue(self) -> tuple[QueueItem, ...]:
        wish = PageWish(after=None, limit=200, with_events=False)
        return queue(self.desk, Viewer(TESS, whole_desk=True), wish, QueueFilter()).items

    def _act(
        self, user: User, rule: Callable[[Move], None], *, is_agent: bool, number: str | None = None
    ) -> Done:
        order = Order(user, None, b"", as_agent=is_agent)
        done = carrying_out.act(self.desk, order, number or self.number, rule)
        return msgspec.json.decode(done.answer, type=Done)
