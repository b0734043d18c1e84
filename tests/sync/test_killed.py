"""Killed at every named point and at fifty random moments, at a real desk: nothing is lost or doubled."""

from __future__ import annotations

import random
import subprocess
import sys
import uuid
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from tests.rigs.frontdesk import JANE, ROOT, TESS, FrontDeskRig
from tests.rigs.frontdesk_agent import Agent
from tests.sync.mortal import FINISHED, Job
from tracker.model.attachment import LocalFile
from tracker.model.cadence import Cadence
from tracker.model.calendar import Calendar
from tracker.model.command import Command, CommandId, CreateTicket, PostReply
from tracker.model.ticket import TicketId
from tracker.store.codec import kind_of
from tracker.store.reader import Reader
from tracker.sync.checkpoint import POINTS

KILLED = -9
LOOKS = ("send.before_look", "send.after_look")
FIELDS = (("where", "Office"),)
rng = random.Random(20261122)  # noqa: S311 - the moments are seeded, so that a failure can be repeated


class Site:
    """The desk, the process that forks mortal programs, and a technician who looks what arrived."""

    def __init__(self, rig: FrontDeskRig) -> None:
        self.url = rig.url
        self.tess: Agent = rig.agent(TESS)
        self.jane: Agent = rig.agent(JANE)
        self.token = self.jane._http.headers["authorization"].removeprefix("Bearer ")
        self._forks = subprocess.Popen(
            [sys.executable, "-m", "tests.sync.mortal"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def run(
        self, profile: Path, commands: Sequence[Command] = (), *, point: str = "", seconds: float = 0.0
    ) -> int:
        """Run one program to its end and give its exit code."""
        assert self._forks.stdin is not None
        assert self._forks.stdout is not None
        told = [(kind_of(command), msgspec.Raw(msgspec.json.encode(command))) for command in commands]
        job = Job(str(profile), self.url, self.token, told, point, seconds)
        self._forks.stdin.write(msgspec.json.encode(job) + b"\n")
        self._forks.stdin.flush()
        return int(self._forks.stdout.readline())

    def close(self) -> None:
        """End the forking process."""
        self._forks.communicate(timeout=10)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with FrontDeskRig(tmp_path_factory.mktemp("desk")) as rig:
        made = Site(rig)
        yield made
        made.close()


def attached(profile: Path) -> LocalFile:
    folder = profile / "outgoing"
    folder.mkdir(exist_ok=True)
    key = uuid.uuid4().hex
    (folder / key).write_bytes(b"a file of " + key.encode())
    return LocalFile(key, f"{key}.txt", len(key) + 10, "text/plain")


def raise_one(subject: str, files: tuple[LocalFile, ...] = ()) -> CreateTicket:
    name = CommandId(str(uuid.uuid4()))
    return CreateTicket(name, datetime.now(UTC), "network", subject, "It drops.", FIELDS, files=files)


def write_on(ticket: str, text: str, files: tuple[LocalFile, ...] = ()) -> PostReply:
    return PostReply(CommandId(str(uuid.uuid4())), datetime.now(UTC), TicketId(ticket), text, files)


def accepted(profile: Path) -> set[str]:
    file = profile / "accepted"
    return set(file.read_text().split()) if file.exists() else set()


def times_at_desk(site: Site, command: Command, ticket: str = "") -> int:
    """Count how often the desk has a command, and see that each has all its files."""
    assert isinstance(command, CreateTicket | PostReply)
    if isinstance(command, CreateTicket):
        found = site.tess.tickets(command.subject)
        texts = [command.text] * len(found)
    else:
        found = [ticket]
        texts = [text for text in site.tess.messages(ticket) if text == command.text]
    names = [file.name for file in command.files]
    for number in found:
        events = site.tess.read(number)["events"]
        assert isinstance(events, list)
        held = [each["name"] for event in events for each in event["attachments"]]
        assert sorted(name for name in held if name in names) == sorted(names * min(len(texts), 1))
    return len(texts)


def a_kind_of(kind: str, profile: Path, ticket: str) -> Command:
    """Make a command with words that no other has."""
    files = (attached(profile), attached(profile)) if kind.endswith("files") else ()
    words = f"{kind} {uuid.uuid4().hex}"
    return raise_one(words, files) if kind.startswith("request") else write_on(ticket, words, files)


def standing_ticket(site: Site, profile: Path) -> str:
    """Raise a request that replies can be written on."""
    raised = raise_one(f"standing {uuid.uuid4().hex}")
    assert site.run(profile, [raised]) == FINISHED
    return site.tess.tickets(raised.subject)[0]


@pytest.mark.parametrize("kind", ["request", "reply", "request with files", "reply with files"])
def test_killed_at_every_point_it_arrives_once(site: Site, tmp_path: Path, kind: str) -> None:
    ticket = standing_ticket(site, tmp_path)
    for point in POINTS:
        command = a_kind_of(kind, tmp_path, ticket)
        before = "send.after_mark" if point in LOOKS else ""
        if before:
            assert site.run(tmp_path, [command], point=before) == KILLED
        assert site.run(tmp_path, () if before else [command], point=point) == KILLED, point
        assert site.run(tmp_path) == FINISHED, point
        kept = point != "submit.before_write"
        assert times_at_desk(site, command, ticket) == int(kept), point
        check_profile(tmp_path, command, kept=kept)


@pytest.mark.parametrize("point", ["send.after_mark", "send.after_wire", "send.after_receipt"])
def test_killed_again_and_again_at_one_point_it_arrives_once(site: Site, tmp_path: Path, point: str) -> None:
    ticket = standing_ticket(site, tmp_path)
    command = a_kind_of("reply with files", tmp_path, ticket)
    assert site.run(tmp_path, [command], point=point) == KILLED
    for _ in range(3):
        site.run(tmp_path, point=point)
    assert site.run(tmp_path) == FINISHED
    assert times_at_desk(site, command, ticket) == 1


def test_killed_at_fifty_random_moments_everything_arrives_once(site: Site, tmp_path: Path) -> None:
    ticket = standing_ticket(site, tmp_path)
    written: list[Command] = []
    killed = 0
    for number in range(50):
        kinds = ("request", "reply", "reply with files", "request with files")
        fresh = [a_kind_of(kinds[(number + step) % 4], tmp_path, ticket) for step in range(2)]
        written += fresh
        killed += site.run(tmp_path, fresh, seconds=rng.uniform(0.001, 0.12)) == KILLED
    assert site.run(tmp_path) == FINISHED
    assert killed >= 25, "most of them were killed in the middle"
    safe = accepted(tmp_path)
    for command in written:
        times = times_at_desk(site, command, ticket)
        assert times == 1 if command.id in safe else times <= 1
    assert len(safe) > 20


def check_profile(profile: Path, command: Command, *, kept: bool) -> None:
    """See that the profile shows the command's effect, and waits for nothing more."""
    reader = Reader(profile / "tracker.db", Calendar(zone=UTC), Cadence())
    try:
        assert reader.outbox() == ()
        if isinstance(command, CreateTicket):
            assert (reader.find(command.ticket) is not None) is kept
        else:
            texts = [event.text for event in reader.events(command.ticket)]
            assert isinstance(command, PostReply)
            assert texts.count(command.text) == int(kept)
    finally:
        reader.close()
