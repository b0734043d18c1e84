"""The demo with a display: the real tray program, and a technician who moves every request along."""

import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import timedelta

import httpx

from tracker.demo.stage_set import TECHNICIAN, StageSet, run_tracker, stage_set
from tracker.demo.technician import Technician

PAUSE = 5.0
"""Seconds between two acts of the technician: enough to read what happened, all within a minute."""

_FIRST = ("hardware", "room=4.112", "Docking station does not power two screens", "One screen stays black.")


def run() -> int:
    """Show the program until the person quits it; give its exit status."""
    with stage_set() as made:
        sys.stdout.write(
            "An embedded desk is running, and you are Jane. Priya will look after what you raise.\n"
            "Quit from the tray icon's menu, or with Ctrl+Q in the window.\n"
        )
        sys.stdout.flush()
        stopped = threading.Event()
        work = threading.Thread(target=_look_after, args=(made, stopped), name="technician")
        work.start()
        try:
            window = subprocess.Popen([sys.executable, "-m", "tracker"], env=made.environment())
            return window.wait()
        except KeyboardInterrupt:
            window.terminate()
            return window.wait()
        finally:
            stopped.set()
            work.join()


def _look_after(made: StageSet, stopped: threading.Event) -> None:
    service, field, subject, text = _FIRST
    if stopped.wait(2 * PAUSE):
        return
    run_tracker(made, "new", "--service", service, "--field", field, "--subject", subject, text=text)
    with Technician(made.url, TECHNICIAN, made.technician_password) as technician:
        at: dict[str, int] = {}
        while not stopped.wait(PAUSE):
            for ticket, state in technician.tickets().items():
                at[ticket] = _next_act(technician, ticket, state, at.get(ticket, 0))


def _next_act(technician: Technician, ticket: str, state: str, done: int) -> int:
    """Do the next thing for a request and give how far it is now; wait while it is the person's turn."""
    if state in ("waiting_for_requester", "resolved", "closed"):
        return done
    acts = _acts(technician, ticket)
    if done >= len(acts):
        # "Not yet": look again, and mend what was forgotten.
        acts, done = acts[-1:], 0
    try:
        acts[done]()
    except httpx.HTTPStatusError:
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
