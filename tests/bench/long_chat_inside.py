"""The chat page with a stopwatch: `python -m tests.bench.long_chat_inside MESSAGES` prints JSON."""

from __future__ import annotations

import gc
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from tests.ui.fake_ports import FakeView
from tests.ui.page_ground import ground
from tracker.model.batch import Batch
from tracker.model.cadence import Cadence
from tracker.model.calendar import Calendar
from tracker.model.chat import Chat, ChatState, Message
from tracker.model.person import ActorKind, Person
from tracker.model.ticket import TicketId
from tracker.store.database import open_writer
from tracker.store.outbox import Outbox
from tracker.store.reader import Reader
from tracker.store.writer import Told, Writer
from tracker.ui.chat.conversation import Conversation
from tracker.ui.chat.transcript import Transcript
from tracker.ui.theme.theme import Look, Theme

BEGAN = datetime(2025, 11, 1, 8, tzinfo=UTC)
LONG, SHORT = TicketId("long"), TicketId("short")
AGENT, YOU = Person("Dmitri Marsh"), Person("Jo Ortiz", ActorKind.YOU)
WORDS = [
    "the",
    "vpn",
    "drops",
    "again",
    "when",
    "I",
    "dock",
    "my",
    "laptop",
    "so",
    "could",
    "you",
    "look",
    "at",
    "https://example.com/vpn",
    "please",
]
OPENINGS, WHEEL, PAGES, DRAGS = 9, 400, 150, 60


@dataclass
class Frames:
    """What each step took with its painting, in ms: by the wall, and on a core."""

    wall: list[float] = field(default_factory=list)
    own: list[float] = field(default_factory=list)

    def take(self, transcript: Transcript, step: Callable[[], None]) -> None:
        wall, own = time.perf_counter(), time.thread_time()
        step()
        transcript.repaint()
        self.wall.append((time.perf_counter() - wall) * 1000)
        self.own.append((time.thread_time() - own) * 1000)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def conversation(ticket: TicketId, count: int) -> Batch:
    """Make a conversation: short and long lines from both sides, over weeks."""
    chance = random.Random(count)  # noqa: S311
    said = [
        Message(
            f"{ticket}{at}",
            ticket,
            at * 3,
            BEGAN + timedelta(minutes=3 * at),
            chance.choice((AGENT, YOU)),
            " ".join(chance.choice(WORDS) for _ in range(chance.choice((1, 4, 12, 40)))),
        )
        for at in range(count)
    ]
    chat = Chat(ticket, "s", ChatState.OPEN, BEGAN, agent=AGENT)
    return Batch(chats=(chat,), messages=tuple(said))


def resident() -> float:
    """Give this process's own memory, in MB."""
    told = Path("/proc/self/smaps_rollup").read_text()
    private = [line.split() for line in told.splitlines() if line.startswith("Private_")]
    return sum(int(parts[1]) for parts in private) / 1024


def scroll(talk: Conversation, told: dict[str, list[float]]) -> None:
    """Go all the way up and down by small steps, by screens, and by dragging to far places."""
    transcript = talk.findChild(Transcript)
    assert isinstance(transcript, Transcript)
    wheel, page, drag = Frames(), Frames(), Frames()
    for pixels in [-120] * WHEEL + [120] * WHEEL:
        wheel.take(transcript, partial(transcript.scroll_by, pixels))
    for pixels in [-450] * PAGES + [450] * PAGES:
        page.take(transcript, partial(transcript.scroll_by, pixels))
    bar = transcript.scroll_bar
    for at in random.Random(7).choices(range(bar.maximum()), k=DRAGS):  # noqa: S311
        drag.take(transcript, partial(bar.setValue, at))
    for name, frames in (("wheel", wheel), ("page", page), ("drag", drag)):
        told[name], told[f"{name}_own"] = frames.wall, frames.own


def main() -> int:
    """Open, scroll, weigh."""
    application = QApplication([])
    theme = Theme(application, Look.LIGHT)
    theme.put_on()
    gc.freeze()  # as the program does once it has started
    with tempfile.TemporaryDirectory() as folder:
        connection = open_writer(Path(folder) / "tracker.db")
        writer = Writer(connection, Outbox(connection))
        for batch in (conversation(LONG, int(sys.argv[1])), conversation(SHORT, 10)):
            writer.apply(batch, Told(), BEGAN)
        reader = Reader(Path(folder) / "tracker.db", Calendar(), Cadence())
        laid = ground(theme)
        assert isinstance(laid.view, FakeView)
        laid.view.talks = reader.talks  # type: ignore[assignment]
        told = _measured(Conversation(laid.context))
        reader.close()
        connection.close()
    print(json.dumps(told))
    return 0


def _measured(talk: Conversation) -> dict[str, list[float]]:
    talk.resize(900, 760)
    talk.show()
    told: dict[str, list[float]] = {"opening": []}
    for _ in range(OPENINGS):
        talk.show_ticket(SHORT, online=True)
        QCoreApplication.processEvents()
        began = time.perf_counter()
        talk.show_ticket(LONG, online=True)
        talk.repaint()
        told["opening"].append((time.perf_counter() - began) * 1000)
    talk.show_ticket(SHORT, online=True)
    QCoreApplication.processEvents()
    gc.collect()
    before = resident()
    talk.show_ticket(LONG, online=True)
    scroll(talk, told)
    told["memory"] = [resident() - before]
    return told


if __name__ == "__main__":
    sys.exit(main())
