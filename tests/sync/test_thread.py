"""The one thread: started, asked, and always ended, also with a request in flight."""

from __future__ import annotations

import threading
import time
from functools import partial
from pathlib import Path

import anyio
import pytest

from tests.fakes.desk import FakeDesk
from tests.fakes.helpdesk import FakeHelpdesk
from tests.fakes.network import FakeNetwork
from tests.rigs.flaky_proxy import Fault
from tests.store.samples import T1
from tests.sync.faulty import open_faulty
from tests.sync.world import World
from tracker.desks.base import Secret, SecretKind
from tracker.model.attachment import Attachment
from tracker.model.errors import DeskUnavailable
from tracker.sync.engine import Engine
from tracker.sync.service import SyncService
from tracker.sync.transfers import Destination, download


async def nothing() -> None:
    await anyio.sleep_forever()


def names() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread is not threading.current_thread()]


def test_it_answers_from_a_thread_of_its_own_and_ends() -> None:
    service = SyncService()
    service.start(nothing)
    assert service.do(lambda: threading.current_thread().name).result() == "tracker-sync"

    async def ask() -> str:
        await anyio.sleep(0)
        return "answer"

    assert service.call(ask).result() == "answer"
    assert service.failed is None
    service.stop()
    service.stop()
    assert "tracker-sync" not in names()


def test_errors_come_back_to_whoever_asked() -> None:
    service = SyncService()
    service.start(nothing)

    def fail() -> None:
        raise DeskUnavailable("The desk cannot be reached.")

    with pytest.raises(DeskUnavailable):
        service.do(fail).result()
    service.stop()


def test_a_question_can_be_given_up() -> None:
    service = SyncService()
    service.start(nothing)
    began = threading.Event()

    async def ask() -> None:
        began.set()
        await anyio.sleep_forever()

    asked = service.call(ask)
    began.wait(5)
    assert asked.cancel()
    service.stop()


def test_nothing_can_be_asked_when_it_does_not_run() -> None:
    service = SyncService()
    service.stop()
    with pytest.raises(RuntimeError, match="not running"):
        service.do(list)
    assert service.failed is None


def test_a_job_that_ends_by_itself_is_known() -> None:
    service = SyncService()

    async def fail() -> None:
        raise ZeroDivisionError

    service.start(fail)
    while service.failed is None:
        service.do(list).result()
    assert isinstance(service.failed, ZeroDivisionError)
    service.stop()


def test_it_ends_at_once_with_requests_in_flight(tmp_path: Path, empty: Path) -> None:
    """One request is being listened to, one is being sent, and the desk answers neither."""
    world = World(tmp_path, empty)
    helpdesk = FakeHelpdesk()
    network = FakeNetwork(helpdesk.bell)
    network.fail(Fault.STALL)

    async def secret() -> Secret:
        return Secret(SecretKind.PASSWORD, "jane-pass")

    service = SyncService()
    made: list[Engine] = []

    async def work() -> None:
        connection = open_faulty(tmp_path / "tracker.db", empty)
        try:
            made.append(Engine(world._surroundings(connection)))
            made[0].follow(FakeDesk(helpdesk, network, "jane", secret))
            await made[0].run()
        finally:
            connection.close()

    world.clocks.monotonic = time.monotonic  # type: ignore[method-assign]
    service.start(work)
    while not made:
        service.do(list).result()
    service.do(partial(made[0].letters.submit, world.create())).result()
    while network.open_connections < 2:
        service.do(list).result()
    start = time.monotonic()
    service.stop()
    assert time.monotonic() - start < 1
    assert "tracker-sync" not in names()
    assert network.open_connections == 0


@pytest.mark.anyio
async def test_a_file_is_saved_under_a_safe_name_with_progress(tmp_path: Path) -> None:
    helpdesk = FakeHelpdesk()

    async def secret() -> Secret:
        return Secret(SecretKind.PASSWORD, "jane-pass")

    desk = FakeDesk(helpdesk, FakeNetwork(helpdesk.bell), "jane", secret)
    helpdesk.owners[T1] = "jane"
    helpdesk.files["1"] = b"x" * 700_000
    seen: list[int] = []
    to = Destination(tmp_path / "saved", "https://desk.example", 1_000_000)
    path = await download(desk, T1, Attachment("1", "../../evil.bin", 700_000), to=to, progress=seen.append)
    assert path.parent == tmp_path / "saved"
    assert path.read_bytes() == helpdesk.files["1"]
    assert seen[-1] == 700_000
    assert len(seen) == 3
    assert seen == sorted(seen)
