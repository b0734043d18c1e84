"""Where the two chat: real servers, a bad network before them, and a computer with a keyring."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tests.cli.conftest import sign_in
from tests.cli.terminal import Terminal
from tests.rigs.desktop import Desktop
from tests.rigs.flaky_proxy import FlakyProxy
from tests.rigs.frontdesk import JANE, FrontDeskRig
from tests.rigs.matrix_agent import MatrixAgent
from tests.rigs.synapse import SynapseRig
from tests.rigs.synapse_site import JANE as MATRIX_JANE
from tests.rigs.synapse_site import TESS as MATRIX_TESS
from tests.rough.agents import DeskAgent, RoomAgent, written_on
from tests.rough.people import AgentSide, Employee
from tests.rough.troubles import Place
from tracker.demo.window import Window
from tracker.host.paths import profile_paths
from tracker.model.ticket import TicketId

SUBJECT = "The VPN drops every few minutes"


@dataclass(frozen=True, slots=True)
class Room:
    """Two who chat on a request, what can be broken between them, and what the request says in the end."""

    employee: Employee
    agent: AgentSide
    place: Place
    terminal: Terminal
    number: str
    posted: Callable[[], list[str]]


@contextmanager
def at_the_desk(folder: Path) -> Iterator[Room]:
    """Chat at the embedded desk."""
    with _computer(folder, chats=True) as (stack, desk, terminal, start):
        proxy = stack.enter_context(FlakyProxy("127.0.0.1", urlsplit(desk.url).port or 0))
        sign_in(terminal, proxy.url)
        number = _raised(terminal)
        agent = DeskAgent(desk.url, number)
        stack.callback(agent.close)
        terminal.run("chat", number, "Are you there?")
        agent.accept()
        employee = Employee(start, profile_paths(terminal.profile, {}), TicketId(number))

        def restart() -> None:
            desk.kill()
            desk.start()

        place = Place(proxy, lambda: employee.pid, restart)
        yield Room(
            employee, agent, place, terminal, number, lambda: [each.text for each in agent.transcript()]
        )


@contextmanager
def over_matrix(folder: Path) -> Iterator[Room]:
    """Chat over Matrix, on a request at a desk that does not chat."""
    with _computer(folder, chats=False) as (stack, desk, terminal, start):
        sign_in(terminal, desk.url)
        rig = stack.enter_context(SynapseRig(folder / "synapse"))
        proxy = stack.enter_context(FlakyProxy("127.0.0.1", rig.port))
        words = ("--user", MATRIX_JANE.name, "--option", f"invite={MATRIX_TESS.id}", "--password-stdin")
        terminal.run("sign-in", "--chat", proxy.url, *words, text=MATRIX_JANE.password + "\n")
        number = _raised(terminal)
        terminal.run("chat", number, "Are you there?")
        finder = MatrixAgent(rig, MATRIX_TESS, MATRIX_JANE.id)
        agent = RoomAgent(rig, finder.room(TicketId(number)))
        finder.close()
        stack.callback(agent.close)
        agent.join()
        employee = Employee(start, profile_paths(terminal.profile, {}), TicketId(number))

        def restart() -> None:
            rig.kill()
            rig.serve()

        place = Place(proxy, lambda: employee.pid, restart)
        yield Room(employee, agent, place, terminal, number, lambda: written_on(desk.url, number))


@contextmanager
def _computer(
    folder: Path, *, chats: bool
) -> Iterator[tuple[ExitStack, FrontDeskRig, Terminal, Callable[[], Window]]]:
    """Give a desk, a person at a terminal, and a way to start the tray program; all of it ends with it."""
    # Two who write all the time write more than a desk takes of one person by itself.
    settings = {"messages_per_minute": "100000"} if chats else {"enabled": "false"}
    with ExitStack() as stack:
        desk = stack.enter_context(FrontDeskRig(folder / "desk", settings=settings))
        desktop = stack.enter_context(Desktop(wm="openbox", notifier="dunst", keyring="unlocked"))
        terminal = Terminal(folder / "profile", JANE.password, env=desktop.env)
        windows: list[Window] = []

        def start() -> Window:
            windows.append(Window(desktop, {}, "--profile", str(terminal.profile)))
            return windows[-1]

        def end_all() -> None:
            for window in windows:
                desktop.end(window.process)

        stack.callback(end_all)
        yield stack, desk, terminal, start


def _raised(terminal: Terminal) -> str:
    words = ("new", "--service", "other", "--subject", SUBJECT)
    return terminal.run(*words, text="It began this morning.").out.strip()
