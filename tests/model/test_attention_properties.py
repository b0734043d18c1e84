"""For any interleaving of news, reading and time: nothing told twice, nothing held for ever."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.model.making import BERLIN, PRIYA, YOU, at, event, promised, ticket
from tests.model.watching import Screen
from tracker.model.attention import News
from tracker.model.event import Event, EventKind
from tracker.model.notice import NoticeClass, Show
from tracker.model.quiet import is_quiet
from tracker.model.telling import NotifySettings, Telling
from tracker.model.ticket import TicketId, TicketState

START = at(18, 7)
TICKETS = ("7", "8", "9")
NEVER_DROPPED = {NoticeClass.NOW, NoticeClass.NEEDS_YOU, NoticeClass.OUTAGE}

Step = tuple[str, int, str, EventKind, int, bool]

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["news", "news", "news", "again", "tick", "read", "look", "hear"]),
        st.sampled_from([0, 0, 1, 20, 120, 400, 2000, 20_000, 200_000]),  # seconds that pass before
        st.sampled_from(TICKETS),
        st.sampled_from(EventKind),
        st.sampled_from([0, 0, 10, 3600, 50_000]),  # seconds ago
        st.sampled_from([True, True, True, False]),
    ),
    max_size=40,
)
WISHES = st.builds(
    NotifySettings,
    telling=st.lists(st.tuples(st.sampled_from(NoticeClass), st.sampled_from(Telling)), max_size=3).map(
        tuple
    ),
    quiet=st.sampled_from([None, (time(18), time(8)), (time(12), time(13))]),
    quiet_weekend=st.booleans(),
    digest_at=st.sampled_from([(), (time(9), time(13)), (time(7),)]),
    muted=st.sampled_from([frozenset(), frozenset({TicketId("9")})]),
    progress_per_day=st.integers(0, 3),
    snoozed_until=st.none() | st.sampled_from([at(18, 8), at(18, 19), at(20, 9), at(22, 12)]),
)
STATES = {
    EventKind.QUESTION: TicketState.WAITING_FOR_YOU,
    EventKind.SOLVED: TicketState.RESOLVED,
    EventKind.CLOSED: TicketState.CLOSED,
}


class Life:
    """Plays steps to a screen and checks after each what must always hold."""

    def __init__(self, wishes: NotifySettings, *, connected: bool) -> None:
        self.screen = Screen(START if connected else None, wishes)
        self.now = START
        self.past: list[tuple[str, Event]] = []
        self.shown: Counter[str] = Counter()
        self.listed: Counter[str] = Counter()

    def play(self, step: Step, number: int) -> None:
        deed, seconds, name, kind, ago, live = step
        self.now += timedelta(seconds=seconds)
        screen = self.screen
        screen.notices = ()
        if deed == "tick":
            screen.tick(self.now)
        elif deed == "read":
            screen.read(name)
        elif deed == "look":
            screen.look_at(name if live else None)
        elif deed == "hear":
            screen.stay_connected(self.now)
        elif deed == "again":
            for other, happened in self.past[-5:]:
                screen.hear(self.now, ticket(id=TicketId(other)), happened)
                self._check()
            return
        else:
            self._news(name, kind, ago, live=live, number=number)
        self._check()

    def _news(self, name: str, kind: EventKind, ago: int, *, live: bool, number: int) -> None:
        who = YOU if number % 7 == 0 else PRIYA
        when = self.now - timedelta(seconds=ago)
        happened = event(kind, when, who, "Words.", name=f"e{number}", promise=promised(when))
        happened = replace(happened, ticket=TicketId(name))
        self.past.append((name, happened))
        state = STATES.get(kind, TicketState.WORKING)
        self.screen.hear_all(self.now, [News(ticket(id=TicketId(name), state=state), (happened,), live)])

    def _check(self) -> None:
        for notice in self.screen.notices:
            if notice.show is Show.LIST:
                self.listed[notice.id] += 1
            else:
                self.shown[notice.id] += 1
            quiet = is_quiet(self.now, self.screen.settings, BERLIN)
            if quiet and notice.notice_class not in (NoticeClass.NOW, NoticeClass.OUTAGE):
                assert notice.show is Show.LIST
            until = self.screen.settings.snoozed_until
            if until is not None and self.now < until and notice.notice_class is not NoticeClass.NOW:
                assert notice.show is Show.LIST
        state = self.screen.state
        assert max(self.shown.values(), default=0) <= 1
        assert max(self.listed.values(), default=0) <= 1
        assert state.progress_today <= self.screen.settings.progress_per_day
        assert len({live.ticket for live in state.live}) == len(state.live)
        assert len({notice.ticket for notice in state.held}) == len(state.held)

    def pending(self) -> bool:
        return bool(self.screen.state.held or self.screen.state.digest)

    def wait(self) -> None:
        """Let time pass, asking only when the policy wants to be asked."""
        self.screen.tick(self.now)
        self._check()
        for _ in range(20):
            due = self.screen.asks_again()
            assert (due is not None) == self.pending()
            if due is None:
                return
            assert self.now < due <= self.now + timedelta(days=7)
            self.now = due
            self.screen.tick(due)
            self._check()
        raise AssertionError("something is held for ever")


@settings(max_examples=150)
@given(WISHES, STEPS, st.booleans())
def test_whatever_happens_nothing_is_told_twice_or_held_for_ever(
    wishes: NotifySettings, steps: list[Step], connected: bool
) -> None:
    life = Life(wishes, connected=connected)
    for number, step in enumerate(steps, start=1):
        life.play(step, number)
    life.wait()
    assert not life.pending()


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from([EventKind.QUESTION, EventKind.SOLVED, EventKind.VISIT_ARRIVED]), max_size=20)
)
def test_what_needs_you_and_what_is_now_always_reaches_the_screen(happens: list[EventKind]) -> None:
    screen = Screen(START, NotifySettings(quiet=None, progress_per_day=0))
    now: datetime = START
    for number, kind in enumerate(happens):
        now += timedelta(seconds=7)
        subject = ticket(state=STATES.get(kind, TicketState.VISIT))
        assert screen.hear(now, subject, event(kind, now, name=f"e{number}"))
        assert screen.notices[0].notice_class in NEVER_DROPPED
