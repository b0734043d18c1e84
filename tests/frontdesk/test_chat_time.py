"""What happens in chats by itself: silence is warned of and ends them, agents who are gone lose them."""

from collections.abc import Callable
from datetime import UTC, datetime, time
from pathlib import Path

import msgspec
import pytest

from tests.frontdesk.clock import Clock
from tests.frontdesk.play import ANNA, RAVI, TESS, Play
from tracker.frontdesk import chatting
from tracker.frontdesk.answers import ChatOffer, Done
from tracker.frontdesk.attendance import attending, let_agents_lapse, set_available, welcome_back
from tracker.frontdesk.carrying_out import Carried, Order
from tracker.frontdesk.chat_values import Chat, WaitRange
from tracker.frontdesk.desk import Desk
from tracker.frontdesk.hours import BusinessHours
from tracker.frontdesk.reading import Viewer
from tracker.frontdesk.refusals import Refused
from tracker.frontdesk.requests import HandOver, Message, Resolve, StartChat
from tracker.frontdesk.rules.agent import resolve
from tracker.frontdesk.values import User


class Talk(Play):
    """Anna's request with a chat on it."""

    def begin(self, number: str | None = None, *, text: str = "Hello") -> None:
        """Start a chat; Tess is there."""
        self.be_there()
        chatting.start(self.desk, order(ANNA), number or self.number, StartChat(text=text))

    def be_there(self, *agents: User) -> None:
        """Let agents take chats."""
        for agent in agents or (TESS,):
            set_available(self.desk, agent, available=True)

    def accept(self, number: str | None = None, *, by: User = TESS) -> None:
        """Let an agent join."""
        chatting.accept(self.desk, order(by), number or self.number)

    def say(self, user: User, text: str = "x") -> None:
        """Let somebody write."""
        chatting.send(self.desk, order(user), self.number, Message(text=text))

    def let_pass(self, *, present: tuple[User, ...] = (TESS,), **how_long: float) -> None:
        """Let time pass, with what happens in it; these agents are still there at its end."""
        self.clock.pass_by(**how_long)
        for agent in present:
            if attending(self.desk, agent).available:
                self.be_there(agent)
        super().pass_by()
        let_agents_lapse(self.desk)

    @property
    def chat(self) -> Chat:
        """How the chat stands, as Anna sees it."""
        chat = self.ticket.chat
        assert chat is not None
        return chat

    @property
    def offer(self) -> ChatOffer:
        """What somebody would get now."""
        return chatting.offer(self.desk)


def order(user: User) -> Order:
    return Order(user, None, b"", as_agent=user.role == "agent")


@pytest.fixture
def talk(open_desk: Desk, clock: Clock) -> Talk:
    return Talk(open_desk, clock)


def test_silence_is_warned_of_and_then_ends_the_chat(talk: Talk) -> None:
    talk.begin()
    assert talk.chat.ends_at is None
    talk.accept()
    assert talk.chat.ends_at == talk.ahead(10 / 60)
    talk.let_pass(minutes=7)
    assert not talk.chat.warned
    talk.let_pass(minutes=1)
    assert (talk.chat.warned, talk.chat.state) == (True, "open")
    talk.let_pass(minutes=2)
    assert (talk.chat.state, talk.chat.ended_by) == ("ended", "idle")
    assert talk.events[-1].actor.kind == "system"
    assert (talk.events[-1].data.messages, talk.events[-1].data.seconds) == (1, 600)


@pytest.mark.parametrize("sign_of_life", ["requester writes", "agent writes", "requester types"])
def test_a_sign_of_life_takes_the_warning_back(talk: Talk, sign_of_life: str) -> None:
    talk.begin()
    talk.accept()
    talk.let_pass(minutes=9)
    assert talk.chat.warned
    if sign_of_life == "requester types":
        chatting.say_typing(talk.desk, ANNA, talk.number, typing=True)
    else:
        talk.say(ANNA if sign_of_life == "requester writes" else TESS)
    assert (talk.chat.warned, talk.chat.ends_at) == (False, talk.ahead(10 / 60))
    talk.let_pass(minutes=7)
    assert talk.chat.state == "open"


def test_an_agent_who_is_not_seen_takes_no_chats_any_more_and_loses_theirs_later(talk: Talk) -> None:
    talk.begin()
    talk.accept()
    waiting = talk.raise_one()
    talk.begin(waiting)
    assert let_agents_lapse(talk.desk) == talk.clock().timestamp() + 60
    talk.let_pass(present=(), seconds=61)
    assert not attending(talk.desk, TESS).available
    assert talk.offer.state == "nobody"
    assert talk.chat.state == "open"
    talk.clock.pass_by(seconds=121)
    let_agents_lapse(talk.desk)
    assert (talk.chat.state, talk.chat.place, talk.chat.ends_at) == ("queued", 1, None)
    left = talk.events[-1]
    assert (left.kind.value, left.actor.kind, left.data.agent) == ("chat_left", "system", TESS.person)
    going_on = chatting.chats_of(talk.desk, Viewer(RAVI, whole_desk=True)).chats
    assert [each.ticket for each in going_on] == [talk.number, waiting]
    talk.be_there(RAVI)
    talk.accept(by=RAVI)
    assert talk.chat.agent == RAVI.person


def test_nobody_is_gone_because_the_desk_was_not_served(talk: Talk, folder: Path) -> None:
    talk.begin()
    talk.accept()
    talk.desk.close()
    talk.clock.pass_by(hours=1)
    with Desk(folder, clock=talk.clock) as desk:
        talk.desk = desk
        welcome_back(desk)
        let_agents_lapse(desk)
        assert (talk.chat.state, talk.offer.agents) == ("open", 1)


def with_hours(desk: Desk) -> None:
    """Open the desk on weekdays from 8 to 17, in UTC."""
    hours = BusinessHours(opens=time(8), closes=time(17))
    desk.settings = msgspec.structs.replace(desk.settings, hours=hours)


def test_who_waits_past_the_hours_with_nobody_there_is_let_go(talk: Talk) -> None:
    with_hours(talk.desk)
    talk.begin()
    talk.clock.now = datetime(2026, 11, 23, 17, 1, tzinfo=UTC)
    talk.be_there()
    talk.let_pass(seconds=1)
    assert talk.chat.state == "queued"
    assert (talk.offer.state, talk.offer.opens_at) == ("closed", datetime(2026, 11, 24, 8, tzinfo=UTC))
    talk.let_pass(present=(), seconds=61)
    assert (talk.chat.state, talk.chat.ended_by) == ("ended", "desk")
    with pytest.raises(Refused, match="closed"):
        talk.begin()


def test_who_waits_for_half_an_hour_with_nobody_there_is_let_go_at_any_time(talk: Talk) -> None:
    talk.begin()
    for _ in range(30):
        talk.let_pass(present=(), minutes=1)
    assert (talk.chat.state, talk.chat.ended_by) == ("ended", "desk")


def test_the_wait_is_told_from_todays_waits_the_place_and_the_agents(talk: Talk) -> None:
    for seconds in (60, 100, 200):
        number = talk.raise_one()
        talk.begin(number)
        talk.clock.pass_by(seconds=seconds)
        talk.be_there()
        talk.accept(number)
        chatting.end(talk.desk, order(ANNA), number)
    assert talk.offer.wait == WaitRange(shortest=100, longest=180)
    talk.begin(talk.raise_one())
    assert talk.offer.wait == WaitRange(shortest=200, longest=360)
    talk.be_there(TESS, RAVI)
    assert talk.offer.wait == WaitRange(shortest=100, longest=180)
    talk.clock.pass_by(days=1)
    talk.be_there(TESS, RAVI)
    assert talk.offer.wait == WaitRange(shortest=120, longest=360)


def test_a_queue_that_is_full_and_a_desk_that_does_not_chat_say_so(talk: Talk) -> None:
    settings = talk.desk.settings
    talk.begin()
    for change, state in (({"longest_queue": 1}, "full"), ({"enabled": False}, "closed")):
        chat = msgspec.structs.replace(settings.chat, **change)
        talk.desk.settings = msgspec.structs.replace(settings, chat=chat)
        assert talk.offer.state == state
        with pytest.raises(Refused):
            talk.begin(talk.raise_one())
    number = talk.number = talk.raise_one()
    assert "chat" not in talk.may, number


def test_too_many_messages_in_a_minute_are_slowed_down_and_a_repeated_one_is_not_counted(talk: Talk) -> None:
    talk.begin(text="")
    chat = msgspec.structs.replace(talk.desk.settings.chat, messages_per_minute=2)
    talk.desk.settings = msgspec.structs.replace(talk.desk.settings, chat=chat)
    keyed = Order(ANNA, "k", b"f")
    for _ in range(5):
        chatting.send(talk.desk, keyed, talk.number, Message(text="Once"))
    talk.say(ANNA)
    with pytest.raises(Refused) as refused:
        talk.say(ANNA)
    assert refused.value.code == "slow_down"
    assert 1 <= (refused.value.after or 0) <= 60
    assert talk.chat.messages == 2


def _other(talk: Talk, act: Callable[[Desk, Order, str], Carried], by: User = RAVI) -> str:
    with pytest.raises(Refused) as refused:
        act(talk.desk, order(by), talk.number)
    return str(refused.value)


def test_a_chat_is_handed_over_to_a_colleague_who_accepts_it(talk: Talk) -> None:
    talk.begin()
    talk.accept()
    with pytest.raises(Refused, match="Ravi Menon is not available"):
        chatting.hand_over(talk.desk, order(TESS), talk.number, HandOver(agent="u4"))
    with pytest.raises(Refused, match="with you already"):
        chatting.hand_over(talk.desk, order(TESS), talk.number, HandOver(agent="u3"))
    talk.be_there(RAVI)
    done = chatting.hand_over(talk.desk, order(TESS), talk.number, HandOver(agent="u4"))
    event = msgspec.json.decode(done.answer, type=Done).event
    assert (event.data.agent, event.data.previous) == (RAVI.person, TESS.person)
    assert (talk.chat.state, talk.chat.offered, talk.chat.place) == ("queued", RAVI.person, 1)
    assert [each.ticket for each in chatting.chats_of(talk.desk, Viewer(RAVI)).chats] == [talk.number]
    assert "Nobody has joined" in _other(talk, chatting.end, TESS)
    talk.accept(by=RAVI)
    assert (talk.chat.agent, talk.chat.offered) == (RAVI.person, None)
    assert "Ravi Menon is in this chat" in _other(talk, chatting.leave, TESS)
    chatting.leave(talk.desk, order(RAVI), talk.number)
    assert talk.last(1) == ["chat_left"]
    chatting.end(talk.desk, order(ANNA), talk.number)
    assert "That chat is over" in _other(talk, chatting.accept)
    assert "No chat is going on" in _other(talk, chatting.leave)


def test_who_accepts_a_chat_has_the_request_where_nobody_had_it(talk: Talk) -> None:
    talk.begin()
    talk.accept()
    assert talk.last(2) == ["chat_joined", "assigned"]
    assert talk.ticket.owner == TESS.person
    chatting.hand_over(talk.desk, order(TESS), talk.number, HandOver())
    talk.be_there(RAVI)
    talk.accept(by=RAVI)
    assert talk.last(1) == ["chat_joined"]
    assert talk.ticket.owner == TESS.person


def test_a_chat_about_a_solved_request_gives_it_to_nobody_anew(talk: Talk) -> None:
    talk.does(resolve, Resolve(text="Replaced."))
    owner = talk.ticket.owner
    talk.begin()
    talk.accept()
    assert talk.last(1) == ["chat_joined"]
    assert (talk.ticket.state, talk.ticket.owner) == ("resolved", owner)


def test_an_agent_takes_only_so_many_and_none_of_their_own(talk: Talk) -> None:
    for _ in range(talk.desk.settings.chat.most_per_agent):
        number = talk.raise_one()
        talk.begin(number)
        talk.accept(number)
    talk.begin()
    assert "You are in 4 chats already" in _other(talk, chatting.accept, TESS)
    chatting.end(talk.desk, order(TESS), number)
    talk.accept()
    assert "You are in this chat already" in _other(talk, chatting.accept, TESS)
    assert "Tess Okafor has taken this chat already" in _other(talk, chatting.accept)
    assert attending(talk.desk, TESS).active == 4


def test_the_desks_timer_sleeps_when_nobody_chats(talk: Talk) -> None:
    assert let_agents_lapse(talk.desk) is None
    talk.begin()
    assert let_agents_lapse(talk.desk) == talk.clock().timestamp() + 60
    chatting.end(talk.desk, order(ANNA), talk.number)
    set_available(talk.desk, TESS, available=False)
    assert let_agents_lapse(talk.desk) is None
