"""Requests as a person has them, for the tests of the pages: made by hand, at one fixed moment."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tracker.model.attachment import Attachment
from tracker.model.catalogue import Answer, FieldKind, FormField, Service
from tracker.model.event import EventKind
from tracker.model.line import Line, line
from tracker.model.person import ActorKind, Person
from tracker.model.promise import Promise, PromiseKind, PromiseState
from tracker.model.stage import Milestone, Progress, Stage
from tracker.model.ticket import Act, Priority, Ticket, TicketId, TicketState
from tracker.model.track import Entry, EntryKind, Overlay, OverlayKind, Track
from tracker.model.visit import Visit, VisitState

ZONE = ZoneInfo("Europe/Berlin")
PRIYA = Person("Priya Nair")
YOU = Person("Jo Ortiz", ActorKind.YOU)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Give a moment of November 2025, as the clock on the wall in Berlin shows it."""
    return datetime(2025, 11, day, hour, minute, tzinfo=ZONE).astimezone(UTC)


NOW = at(21, 13, 50)

_BAR = {
    Stage.RECEIVED: line("Received"),
    Stage.ASSIGNED: line("Assigned"),
    Stage.WORKING: line("Working on it"),
    Stage.VISIT: line("On the way"),
    Stage.FIXED: line("Fixed?"),
    Stage.DONE: line("Done"),
}


def bar(stage: Stage, *, visit: bool = False) -> tuple[Milestone, ...]:
    """Draw a whole bar with `stage` as the present one."""
    return tuple(
        Milestone(
            node,
            label,
            Progress.DONE if node < stage else Progress.NOW if node is stage else Progress.FUTURE,
            at(19, 9, 12) + timedelta(hours=int(node)) if node <= stage else None,
        )
        for node, label in _BAR.items()
        if visit or node is not Stage.VISIT
    )


def ticket(name: str, number: str, subject: str, **more: object) -> Ticket:
    """Make a request with the usual rest."""
    made = Ticket(
        id=TicketId(name),
        number=number,
        subject=subject,
        state=TicketState.WORKING,
        created_at=at(19, 9, 12),
        updated_at=at(21, 13, 38),
        service="Workplace hardware",
        team="Workplace",
        requester="Jo Ortiz",
    )
    return replace(made, **more)  # type: ignore[arg-type]


def track(of: Ticket, stage: Stage, chip: Line, now: Line, **more: object) -> Track:
    """Make what is drawn of a request with the usual rest."""
    made = Track(
        ticket=of,
        stage=stage,
        sub_state=None,
        milestones=bar(stage),
        overlays=(),
        chip=chip,
        now=now,
        next=line("No update has been promised: you can ask for one"),
        you_can=(Act.REPLY,),
        promises=(),
        visit=None,
        entries=(),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def entry(name: str, moment: datetime, title: Line, **more: object) -> Entry:
    """Make a row of a history."""
    return replace(Entry(name, EntryKind.EVENT, moment, title), **more)  # type: ignore[arg-type]


VISIT = Visit(
    id="v1",
    starts=at(21, 14),
    ends=at(21, 16),
    state=VisitState.ON_THE_WAY,
    place="desk 4.112",
    agent="Priya Nair",
    eta_earliest=at(21, 14, 15),
    eta_latest=at(21, 14, 25),
    note="1 stop ahead of you",
)
PROMISES = (
    Promise("p3", PromiseKind.NEXT_UPDATE, at(21, 16, 30), at(21, 11, 30), state=PromiseState.OPEN),
    Promise(
        "p2b", PromiseKind.FIX, at(21, 17), at(20, 16, 5), supersedes="p2", reason="waiting for the part"
    ),
    Promise("p2", PromiseKind.FIX, at(20, 12), at(19, 9, 12), state=PromiseState.MOVED),
    Promise("p1", PromiseKind.FIRST_REPLY, at(19, 13, 12), at(19, 9, 12), state=PromiseState.KEPT),
)
DOCK_ENTRIES = (
    entry(
        "e9",
        at(21, 13, 50),
        line("{name} set off to you", name="Priya Nair"),
        event=EventKind.VISIT_ON_THE_WAY,
        big=True,
        actor=PRIYA,
    ),
    entry(
        "e8",
        at(21, 11, 32),
        line("Visit booked for {start} to {end}", start=at(21, 14), end=at(21, 16)),
        event=EventKind.VISIT_BOOKED,
        actor=PRIYA,
    ),
    entry(
        "e7",
        at(21, 11, 30),
        line("{name} replied", name="Priya"),
        event=EventKind.REPLY,
        actor=PRIYA,
        text="The firmware update did not help, so I am bringing a replacement dock. You don’t need to do "
        "anything before I arrive. How it works: https://help.acme.example/docks",
    ),
    entry(
        "e6",
        at(20, 16, 5),
        line("Expected date moved to {until}", until=at(21, 17)),
        event=EventKind.PROMISE_MOVED,
        note=line("Why: waiting for the supplier’s replacement part. It was {before}.", before=at(20, 12)),
    ),
    entry("g1", at(20, 10), line("{span}, no word", span=timedelta(hours=23)), kind=EntryKind.GAP),
    entry(
        "e5",
        at(20, 9, 41),
        line("Assigned to {name}, {team} team", name="Priya Nair", team="Workplace"),
        event=EventKind.ASSIGNED,
    ),
    entry(
        "e1",
        at(19, 9, 12),
        line("You raised the request"),
        event=EventKind.CREATED,
        actor=YOU,
        text="With two screens connected the left one stays black. It worked until Monday.",
        attachments=(
            Attachment("a1", "left screen.png", 284_300, "image/png"),
            Attachment("a2", "dock label.jpg", 1_240_000, "image/jpeg"),
        ),
    ),
)

DOCK = track(
    ticket("20417", "INC-20417", "Laptop docking station does not power two screens", channel="phone"),
    Stage.VISIT,
    line("Technician on the way"),
    replace(line("{name} arrives about {eta}", name="Priya", eta=at(21, 14, 20)), since=at(21, 13, 50)),
    next=replace(line("Next update promised by {by}", by=at(21, 16, 30)), by=at(21, 16, 30)),
    sub_state="on_the_way",
    milestones=bar(Stage.VISIT, visit=True),
    visit=VISIT,
    promises=PROMISES,
    entries=DOCK_ENTRIES,
    expected=at(21, 17),
    expected_label=line("Expected fixed"),
    next_due=at(21, 16, 30),
)
_ASKED = line("Waiting for you")
ACCESS = track(
    ticket("8810", "REQ-8810", "Access to the finance share", state=TicketState.WAITING_FOR_YOU),
    Stage.WORKING,
    _ASKED,
    line("Approve the form so we can go on · asked {since}", since=at(20, 16, 40)),
    overlays=(Overlay(OverlayKind.WAITING_FOR_YOU, _ASKED, since=at(20, 16, 40), you_can=(Act.ANSWER,)),),
    you_can=(Act.ANSWER, Act.REPLY),
)
_OVERDUE = line("Update overdue")
MAILBOX = track(
    ticket("20391", "INC-20391", "Shared mailbox not syncing", priority=Priority.HIGH),
    Stage.WORKING,
    _OVERDUE,
    line("Promised by {by}. You can ask for news.", by=at(21, 12)),
    overlays=(Overlay(OverlayKind.PROMISE_MISSED, _OVERDUE, since=at(21, 12)),),
    you_can=(Act.ASK_FOR_NEWS, Act.REPLY),
    expected=at(21, 18),
    expected_label=line("Expected"),
)
LAPTOP = track(
    ticket("8794", "REQ-8794", "New starter laptop for J. Ortiz"),
    Stage.WORKING,
    line("Working on it"),
    line("At the supplier · next update {by}", by=at(24, 9)),
    expected=at(25, 17),
    expected_label=line("Expected"),
)
PRINTER = track(
    ticket(
        "20371",
        "INC-20371",
        "Printer on floor 3 prints blank pages",
        state=TicketState.RESOLVED,
        auto_close_at=at(25, 17),
        may=frozenset({Act.REPLY, Act.CONFIRM, Act.NOT_FIXED}),
    ),
    Stage.FIXED,
    line("Fixed — is it?"),
    line("Ana replaced the drum. We close this on {day} unless you say no.", day=at(25, 17)),
    you_can=(Act.CONFIRM, Act.NOT_FIXED, Act.REPLY),
    entries=(
        entry(
            "s1",
            at(21, 10),
            line("{name} solved it", name="Ana"),
            event=EventKind.SOLVED,
            big=True,
            text="I replaced the drum and printed three test pages.",
        ),
    ),
)
_UNSENT = line("Not sent yet")
UNSENT = track(
    ticket("local-0a1b2c", "", "Second screen flickers", state=TicketState.NEW, team="", may=frozenset()),
    Stage.RECEIVED,
    _UNSENT,
    line("It is sent as soon as the service desk can be reached"),
    milestones=tuple(replace(node, progress=Progress.FUTURE, at=None) for node in bar(Stage.RECEIVED)),
    overlays=(Overlay(OverlayKind.NOT_SENT, _UNSENT),),
    you_can=(),
)
_REFUSED = line("Could not be sent")
REFUSED = track(
    ticket("local-0f9e8d", "", "Please install Photoshop", state=TicketState.NEW, team="", may=frozenset()),
    Stage.RECEIVED,
    _REFUSED,
    line("The desk refused it: {reason}", reason="this service is not open to you"),
    milestones=UNSENT.milestones,
    overlays=(Overlay(OverlayKind.SENDING_FAILED, _REFUSED),),
    you_can=(),
)
REQUESTS = (ACCESS, REFUSED, DOCK, MAILBOX, LAPTOP, PRINTER, UNSENT)

SERVICES = (
    Service(
        "vpn",
        "Network & VPN",
        "Wi-Fi, cable, VPN and access from home",
        (
            FormField("where", "Where are you?", FieldKind.CHOICE, True, ("Office", "Home", "On the road")),
            FormField("since", "Since when?", FieldKind.DATE),
            FormField("room", "Room or desk", help="Such as 4.112"),
        ),
        "First reply within 4 working hours. You’ll see who has it, what is next, and when you’ll hear.",
    ),
    Service(
        "hw", "Workplace hardware", "Laptops, screens, docks, phones", (), "First reply within 1 working day."
    ),
    Service("soft", "Software", "Programs and licences"),
)
ANSWERS = (
    Answer(
        "k1",
        "VPN drops after sleep: turn off Wi-Fi power saving",
        "",
        "Open Settings, Network, Wi-Fi.\nTurn off “Save power”.\n\nMore: https://help.acme.example/vpn-sleep",
    ),
    Answer("k2", "Update the VPN client from Software Centre", "", "Open Software Centre and press Update."),
    Answer(
        "k3", "Use the guest network as a stop-gap", "", "The guest network asks for your e-mail address."
    ),
)
