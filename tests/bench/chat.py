"""A chat: from one side's send to the other side's screen, and a conversation of 10,000 messages."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta

import httpx
from httpx_sse import connect_sse

from tests.bench.figures import Figure, median_of, percentile
from tests.bench.place import Place
from tests.rigs.frontdesk import JANE, TESS, FrontDeskRig
from tests.rigs.frontdesk_agent import Agent
from tracker.cli.office import Nobody
from tracker.core.program import Options, Program
from tracker.core.reading import open_reader
from tracker.desks.registry import open_desk
from tracker.host.paths import ProfilePaths
from tracker.host.settings import DeskChoice
from tracker.model.batch import Batch
from tracker.model.change import Change
from tracker.model.chat import Chat, ChatState, Message
from tracker.model.command import Command, CreateTicket, SendMessage, StartChat, new_command_id
from tracker.model.person import ActorKind, Person
from tracker.model.ticket import Ticket, TicketId, TicketState
from tracker.store.reader import Reader
from tracker.store.talks import Talks
from tracker.store.writer import Told

EACH_WAY = 200
LIMIT = 100.0
FRAME = 16.0
MANY = 10_000
PAGE = 100
OPENINGS = 21
PATIENCE = 20.0
TALK = TicketId("long-talk")
YOU, AGENT = Person("Jane Doe", ActorKind.YOU), Person("Tess Tech")


class Arrivals:
    """When each text was first seen, from any thread."""

    def __init__(self) -> None:
        self._seen: dict[str, float] = {}
        self._changed = threading.Condition()

    def note(self, text: str) -> None:
        """Note that a text is there now."""
        with self._changed:
            self._seen.setdefault(text, time.monotonic())
            self._changed.notify_all()

    def wait(self, text: str) -> float:
        """Give the moment at which a text was there."""
        with self._changed:
            if not self._changed.wait_for(lambda: text in self._seen, PATIENCE):
                raise TimeoutError(f"“{text}” was never seen")
            return self._seen[text]


class AgentsScreen:
    """What the desk's stream brings to an agent's page, on a thread of its own."""

    def __init__(self, url: str, token: str) -> None:
        self.arrivals = Arrivals()
        self.open = threading.Event()
        headers = {"authorization": f"Bearer {token}"}
        timeout = httpx.Timeout(10, read=60)
        self._http = httpx.Client(base_url=f"{url}/api/v1", headers=headers, trust_env=False, timeout=timeout)
        self._ends = False
        threading.Thread(target=self._listen, name="agents-screen", daemon=True).start()
        if not self.open.wait(PATIENCE):
            raise TimeoutError("the agent's stream did not open")

    def close(self) -> None:
        """Stop looking."""
        self._ends = True
        self._http.close()

    def _listen(self) -> None:
        with (
            suppress(httpx.HTTPError, RuntimeError),
            connect_sse(self._http, "GET", "/changes/stream?scope=desk") as source,
        ):
            for said in source.iter_sse():
                self.open.set()
                for change in said.json().get("changes", ()):
                    self.arrivals.note(change["event"]["text"])
                if self._ends:
                    return


class PersonsScreen(Nobody):
    """Reads the conversation again whenever the bridge would tell the window to, as the chat page does."""

    def __init__(self, paths: ProfilePaths) -> None:
        self.arrivals = Arrivals()
        self._paths = paths
        self._stirred = threading.Event()
        self._ends = False
        threading.Thread(target=self._look, name="persons-screen", daemon=True).start()

    def changed(self, change: Change) -> None:
        """Look again."""
        if change.chats:
            self._stirred.set()

    def close(self) -> None:
        """Stop looking."""
        self._ends = True
        self._stirred.set()

    def _look(self) -> None:
        self._stirred.wait()
        with closing(_reader(self._paths)) as reader:
            while not self._ends:
                self._stirred.clear()
                for chat in reader.talks.chats()[:1]:
                    for message in reader.talks.messages(chat.ticket, limit=3):
                        self.arrivals.note(message.text)
                self._stirred.wait()


def measure(place: Place) -> Iterator[Figure]:
    """Chat with the embedded desk both ways, then read, search and page through a long conversation."""
    folder = place.folder / "chat-desk"
    folder.mkdir()
    with FrontDeskRig(folder, settings={"messages_per_minute": "100000"}) as rig:
        paths = place.profile_at(DeskChoice("frontdesk", rig.url, JANE.login))
        screen = PersonsScreen(paths)
        environment = {"TRACKER_PASSWORD": JANE.password}
        program = Program(paths, screen, Options(open_desk, environment=environment))
        program.start()
        try:
            yield from _both_ways(program, rig.url, rig.agent(TESS), screen)
            yield from _long(program, paths)
        finally:
            program.stop()
            screen.close()


def _both_ways(program: Program, url: str, agent: Agent, screen: PersonsScreen) -> Iterator[Figure]:
    other = AgentsScreen(url, agent.token)
    ticket = _begun(program, agent)
    there: list[float] = []
    back: list[float] = []
    for number in range(EACH_WAY):
        text = f"To the agent {number}"
        began = time.monotonic()
        _submit(program, SendMessage(new_command_id(), datetime.now(UTC), ticket, text))
        there.append((other.arrivals.wait(text) - began) * 1000)
        text = f"To the person {number}"
        began = time.monotonic()
        agent.chat.say(ticket, text)
        back.append((screen.arrivals.wait(text) - began) * 1000)
    other.close()
    yield from _told("send here → in the agent's stream", there)
    yield from _told("the agent's send → read again here", back)


def _told(what: str, times: list[float]) -> Iterator[Figure]:
    yield median_of(what, times, "ms")
    yield Figure(f"{what}, p95 of {len(times)}", percentile(times, 0.95), "ms", LIMIT)


def _begun(program: Program, agent: Agent) -> TicketId:
    """Begin a chat with the agent in it; gives the ticket's number."""
    agent.chat.be_available()
    create = CreateTicket(new_command_id(), datetime.now(UTC), "other", "A chat to measure", "Hello.")
    _submit(program, create)
    _submit(program, StartChat(new_command_id(), datetime.now(UTC), create.ticket))
    _until(lambda: bool(agent.chat.waiting()), "somebody in the queue")
    number = agent.chat.waiting()[0]
    agent.chat.accept(number)
    return TicketId(number)


def _submit(program: Program, command: Command) -> None:
    program.service.do(lambda: program.engine.letters.submit(command)).result()


def _long(program: Program, paths: ProfilePaths) -> Iterator[Figure]:
    """Put a conversation of 10,000 messages into the profile's file and read it as the chat page does."""
    took = program.service.do(lambda: _store(program)).result()
    yield Figure(f"storing {MANY:,} messages", took, "ms")
    opened = [_opened(paths) for _opening in range(OPENINGS)]
    yield median_of(f"opening it: the first page of {PAGE} read", opened, "ms", limit=LIMIT)
    with closing(_reader(paths)) as reader:
        yield from _searched(reader.talks)
        yield from _paged(reader.talks)


def _opened(paths: ProfilePaths) -> float:
    """Read what the chat page shows first, with a reader that has read nothing before."""
    with closing(_reader(paths)) as reader:
        began, talks = time.perf_counter(), reader.talks
        if talks.chat(TALK) is None or len(talks.messages(TALK, limit=PAGE)) != PAGE:
            raise RuntimeError("the conversation is not there")
        talks.unread(TALK)
        talks.read_to(TALK, ActorKind.AGENT)
        talks.pending(TALK)
        return (time.perf_counter() - began) * 1000


def _reader(paths: ProfilePaths) -> Reader:
    reader = open_reader(paths)
    if reader is None:
        raise RuntimeError("there is no profile to read")
    return reader


def _searched(talks: Talks) -> Iterator[Figure]:
    for words, what in (("driver", "a common word"), ("zebra", "a word that is not there")):
        began = time.perf_counter()
        hits = len(talks.found(TALK, words))
        took = (time.perf_counter() - began) * 1000
        yield Figure(f"searching it for {what}", took, "ms", remark=f"{hits} hits")


def _paged(talks: Talks) -> Iterator[Figure]:
    times: list[float] = []
    place = MANY
    while True:
        began = time.perf_counter()
        messages = talks.messages(TALK, before=place, limit=PAGE)
        if not messages:
            break
        times.append((time.perf_counter() - began) * 1000)
        place = messages[0].place
    yield median_of("a page further up", times, "ms", limit=FRAME)


def _store(program: Program) -> float:
    at = datetime.now(UTC) - timedelta(days=1)
    ticket = Ticket(TALK, "LONG-1", "A long talk", TicketState.WORKING, at, at)
    chat = Chat(TALK, "s1", ChatState.OPEN, at, AGENT)
    messages = tuple(
        Message(
            id=f"long-{number}",
            ticket=TALK,
            place=number,
            at=at + timedelta(seconds=number),
            sender=AGENT if number % 2 else YOU,
            text=f"Message {number}: the driver of the dock is {number % 7} versions behind, try it again.",
            session="s1",
        )
        for number in range(MANY)
    )
    now, began = datetime.now(UTC), time.perf_counter()
    program.engine.writer.apply(Batch((ticket,), chats=(chat,)), Told(), now)
    for start in range(0, MANY, 200):
        program.engine.writer.apply(Batch(messages=messages[start : start + 200]), Told(), now)
    return (time.perf_counter() - began) * 1000


def _until(so: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not so():
        if time.monotonic() > end:
            raise TimeoutError(f"not within {PATIENCE:.0f} s: {what}")
        time.sleep(0.05)
