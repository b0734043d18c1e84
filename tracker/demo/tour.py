"""The tour: a request's whole way on a virtual display, every step seen in the window and at the daemon."""

import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import httpx

from tracker.demo.stage_set import TECHNICIAN, stage_set
from tracker.demo.technician import Technician
from tracker.demo.window import NotSeen, Window
from tracker.host.bus_watch import BusWatch, SeenNotification
from tracker.host.virtual_desktop import VirtualDesktop

SUBJECT = "Docking station does not power two screens"

_REST_WITHIN = 3.0
_FRAMES = 0.15
"""Seconds: longer than a notification daemon takes to paint, so that two like pictures are the last word."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: who does it, what the window then shows, what the notification then says.

    `told` None: it is the employee's own act, of which nobody needs to be told.
    """

    name: str
    act: Callable[[], None]
    shown: str
    told: str | None


class Tour:
    """Takes the steps one after the other; each is printed with its time."""

    def __init__(
        self,
        window: Window,
        technician: Technician,
        *,
        watch: BusWatch,
        desktop: VirtualDesktop,
        to: Path,
    ) -> None:
        self._window = window
        self._technician = technician
        self._watch = watch
        self._desktop = desktop
        self._to = to
        self._began = time.monotonic()
        self._number = 0
        self.ticket = ""

    def take(self, step: Step) -> None:
        """Do it, and see it: at the daemon, then in the window. Raises `NotSeen` or `TimeoutError`."""
        self._number += 1
        seen = len(self._watch.notifications)
        at = time.monotonic()
        step.act()
        told = None
        if step.told is not None:
            told = self._watch.wait_for(_says(step.told), timeout=15, after=seen)
        delay = time.monotonic() - at
        name = f"{self._number:02}-{step.name.replace(' ', '-')}"
        self._picture_of_desktop(self._to / f"{name}-desktop.png")
        if self.ticket:
            self._window.open(self.ticket)
        shown = self._window.wait_for(step.shown)
        self._window.grab(self._to / f"{name}.png")
        _print(at - self._began, step.name, shown, told, delay)
        self._leave()

    def _picture_of_desktop(self, to: Path) -> None:
        """Take it once the screen has come to rest: a toast is announced some frames before it is painted."""
        deadline = time.monotonic() + _REST_WITHIN
        before = b""
        while (now := self._desktop.screenshot(to).read_bytes()) != before and time.monotonic() < deadline:
            before = now
            time.sleep(_FRAMES)

    def find_ticket(self) -> None:
        """Learn the number that the desk gave."""
        deadline = time.monotonic() + 15
        while not self.ticket:
            self.ticket = next(iter(self._technician.tickets()), "")
            if not self.ticket and time.monotonic() > deadline:
                raise NotSeen("The desk never got the request.")

    def require_event(self, kind: str) -> None:
        """See that the desk has this from the employee."""
        deadline = time.monotonic() + 15
        while kind not in {told for told, _text in self._technician.events(self.ticket)}:
            if time.monotonic() > deadline:
                raise NotSeen(f"The desk never got the {kind}.")
            time.sleep(0.05)

    def require_message(self, text: str) -> None:
        """See that the desk has this in the chat."""
        deadline = time.monotonic() + 15
        while text not in {said for _kind, said in self._technician.chats.said(self.ticket)}:
            if time.monotonic() > deadline:
                raise NotSeen(f"The desk never got “{text}” in the chat.")
            time.sleep(0.05)

    def _leave(self) -> None:
        """Go back to the list: what is on the screen already needs no toast."""
        self._window.keys("Ctrl+1")
        self._window.wait_for("Search all requests")


def run(to: Path) -> int:
    """Take the tour, leave pictures in `to`, and give 0 only if every step was seen."""
    to.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        desktop = stack.enter_context(VirtualDesktop())
        desktop.start_display(width=1280, height=900)
        desktop.spawn(["openbox"])
        address = desktop.start_bus()
        desktop.start_notifier("dunst")
        watch = stack.enter_context(BusWatch(address))
        made = stack.enter_context(stage_set())
        technician = stack.enter_context(Technician(made.url, TECHNICIAN, made.technician_password))
        window = stack.enter_context(Window(desktop, made.environment(desktop.env)))
        tour = Tour(window, technician, watch=watch, desktop=desktop, to=to)
        try:
            take_all(tour, window, technician)
            if window.quit() != 0:
                raise NotSeen("The program did not quit in order.")
        except (NotSeen, TimeoutError, httpx.HTTPError) as error:
            desktop.screenshot(to / "not-seen.png")
            sys.stdout.write(f"\nNot seen: {error}\n{desktop.log_of('python')}\n")
            return 1
    sys.stdout.write(f"\nEvery step was seen. The pictures are in {to}.\n")
    return 0


def take_all(tour: Tour, window: Window, technician: Technician) -> None:
    """Take every step, from raising to confirming. Raises `NotSeen` or `TimeoutError`."""
    _say("A new desk, a new profile: Jane is signed in, Priya is at the desk.\n")
    tour.take(Step("raise a request", lambda: _raise(tour, window), "Received", "Received"))
    for step in (*_visit(tour, window, technician), *_mending(tour, window, technician)):
        tour.take(step)


def _raise(tour: Tour, window: Window) -> None:
    window.keys("Ctrl+N")
    window.choose("Service", "Workplace hardware")
    window.fill("In one line", SUBJECT)
    window.fill(
        "What did you see? When did it start?", "Since this morning one of my two screens stays black."
    )
    window.fill("Where is it? (needed)", "4.112")
    window.press("Send request")
    window.keys("Ctrl+1")
    tour.find_ticket()


def _visit(tour: Tour, window: Window, technician: Technician) -> tuple[Step, ...]:
    number = tour.ticket
    asked = "Is it black with another cable, too?"

    def answer() -> None:
        window.open(number)
        window.fill("Write a reply", "Yes, with both cables.")
        window.press("Send")
        tour.require_event("answer")

    def book() -> None:
        technician.book_visit(number, "Desk 4.112")

    return (
        Step("assigned", lambda: technician.take(number), "Stage 2 of", "Assigned"),
        Step("question", lambda: technician.ask(number, asked), "asks", "cable"),
        Step("answered", answer, "Yes, with both cables.", None),
        *_chat(tour, window, technician),
        Step("visit booked", book, "Stage 4 of 6", "Visit booked"),
        Step("technician on the way", lambda: technician.set_off(number), "On the way", "set off"),
        Step("arrived", lambda: technician.arrive(number), "is with you", "is with you"),
    )


def _chat(tour: Tour, window: Window, technician: Technician) -> tuple[Step, ...]:
    number = tour.ticket
    written = "May I try another dock remotely first?"

    def start() -> None:
        technician.chats.take()
        window.open(number)
        window.press("Chat with IT")
        tour.require_event("chat_started")

    def reply() -> None:
        window.open(number)
        window.press("Open chat")
        window.fill("Write a message", "Yes please")
        window.press("Send")
        tour.require_message("Yes please")
        window.keys("Ctrl+1")

    return (
        Step("chat asked for", start, "You are waiting for a chat", None),
        Step("chat joined", lambda: technician.chats.join(number), "is chatting with you", "joined"),
        Step("chat message", lambda: technician.chats.say(number, written), "1 new message", written),
        Step("chat answered", reply, "is chatting with you", None),
        Step("chat ended", lambda: technician.chats.end(number), "Show the conversation", "ended"),
    )


def _mending(tour: Tour, window: Window, technician: Technician) -> tuple[Step, ...]:
    number = tour.ticket
    fixed = "The firmware of the new dock was updated."

    def fix() -> None:
        technician.finish(number, "The dock was replaced.")
        technician.resolve(number, "The new dock powers both screens.")

    def not_yet() -> None:
        window.open(number)
        window.press("Not yet")
        window.fill("What does not work yet? One line is enough.", "The second screen flickers now.")
        window.press("Send")
        tour.require_event("not_fixed")

    def works() -> None:
        window.open(number)
        window.press("Yes, it works")
        tour.require_event("confirmed")

    return (
        Step("fixed", fix, "Does it work?", "fixed"),
        Step("not yet", not_yet, "second screen flickers", None),
        Step("fixed again", lambda: technician.resolve(number, fixed), "Does it work?", "fixed"),
        Step("yes, it works", works, "All 6 stages are done", None),
    )


def _says(words: str) -> Callable[[SeenNotification], bool]:
    def fits(seen: SeenNotification) -> bool:
        return words.casefold() in f"{seen.summary}\n{seen.body}".casefold()

    return fits


def _print(at: float, name: str, shown: str, told: SeenNotification | None, delay: float) -> None:
    _say(f"{at:6.1f} s  {name}")
    _say(f"          window: {shown.splitlines()[0][:110]}")
    if told is None:
        _say("          no notification: it was Jane's own act")
        return
    body = " / ".join(told.body.splitlines())
    how = "in place of the one before" if told.replaces_id else "new"
    _say(f"          notification ({how}, after {delay * 1000:.0f} ms): {told.summary}: {body}")
    _say(f"          its buttons: {', '.join(dict.fromkeys(told.labels)) or 'none'}")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
