"""The demo with a display: the real tray program, and a technician who moves every request along."""

import logging
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from types import FrameType

import httpx

from tracker.demo.stage_set import TECHNICIAN, StageSet, run_tracker, stage_set
from tracker.demo.technician import Technician

_log = logging.getLogger(__name__)

PAUSE = 5.0
"""Seconds between two acts of the technician: enough to read what happened, all within a minute."""

_ANSWERS = (
    "Thank you. I am trying something; it takes a minute.",
    "Does it hold now?",
    "Good. Everything we wrote here is kept on your request.",
)
_FIRST = ("hardware", "room=4.112", "Docking station does not power two screens", "One screen stays black.")


def run(pause: float = PAUSE) -> int:
    """Show the program until the person quits it; give its exit status. `pause` seconds between two acts."""
    with stage_set() as made:
        sys.stdout.write(
            "An embedded desk is running, and you are Jane. Priya will look after what you raise.\n"
            "Quit from the tray icon's menu, or with Ctrl+Q in the window.\n"
        )
        sys.stdout.flush()
        stopped = threading.Event()
        work = threading.Thread(target=_look_after, args=(made, stopped, pause), name="technician")
        work.start()
        try:
            return _until_quit(made)
        finally:
            stopped.set()
            work.join()


def _until_quit(made: StageSet) -> int:
    """Show the window; Ctrl+C and SIGTERM are passed on to it, so that it ends in order."""
    window = subprocess.Popen([sys.executable, "-m", "tracker"], env=made.environment())

    def pass_on(_number: int, _frame: FrameType | None) -> None:
        window.terminate()

    before = {number: signal.signal(number, pass_on) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        return window.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _look_after(made: StageSet, stopped: threading.Event, pause: float) -> None:
    service, field, subject, text = _FIRST
    if stopped.wait(2 * pause):
        return
    try:
        run_tracker(made, "new", "--service", service, "--field", field, "--subject", subject, text=text)
    except RuntimeError as error:  # the person may raise one as well
        _log.warning("The first request was not raised: %s", error)
    with Technician(made.url, TECHNICIAN, made.technician_password) as technician:
        at: dict[str, int] = {}
        while not stopped.wait(pause):
            try:
                tickets = technician.tickets()
            except httpx.HTTPError as error:  # look again next time
                _log.warning("The desk does not answer the technician: %s", type(error).__name__)
                continue
            _chat(technician)
            for ticket, state in tickets.items():
                at[ticket] = _next_act(technician, ticket, state, at.get(ticket, 0))


def _chat(technician: Technician) -> None:
    """Join whoever waits in the chat, and answer what they have written since."""
    try:
        technician.chats.take()
        for ticket in technician.chats.waiting():
            technician.chats.join(ticket)
            technician.chats.say(ticket, "Hello, this is Priya. I am looking at it. What do you see now?")
        for ticket in technician.chats.going_on():
            said = technician.chats.said(ticket)
            if said and said[-1][0] == "requester":
                own = sum(kind == "agent" for kind, _text in said)
                technician.chats.say(ticket, _ANSWERS[(own - 1) % len(_ANSWERS)])
    except httpx.HTTPError as error:  # look again next time
        _log.warning("The technician could not chat: %s", type(error).__name__)


def _next_act(technician: Technician, ticket: str, state: str, done: int) -> int:
    """Do the next thing for a request and give how far it is now; wait while it is the person's turn."""
    if state in ("waiting_for_requester", "resolved", "closed"):
        return done
    if not done and state != "new":
        done = 1  # it became the technician's with its chat
    acts = _acts(technician, ticket)
    if done >= len(acts):
        # "Not yet": look again, and mend what was forgotten.
        acts, done = acts[-1:], 0
    try:
        acts[done]()
    except httpx.HTTPError:
        return done  # it moved on by itself, or the person did something else; look again next time
    return done + 1


def _acts(technician: Technician, ticket: str) -> tuple[Callable[[], None], ...]:
    return (
        lambda: technician.take(ticket),
        lambda: technician.promise(ticket, timedelta(hours=2)),
        lambda: technician.ask(ticket, "Does the screen stay black with another cable, too?"),
        lambda: technician.start(ticket),
        lambda: technician.book_visit(ticket, "Desk 4.112"),
        lambda: technician.set_off(ticket),
        lambda: technician.arrive(ticket),
        lambda: technician.finish(ticket, "The dock was replaced."),
        lambda: technician.resolve(ticket, "The new dock powers both screens."),
    )
