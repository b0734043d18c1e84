"""What a person writes reaches the desk once, in order, whatever happens on the way."""

from __future__ import annotations

import anyio
import pytest

from tests.fakes.desk import FakeDesk
from tests.fakes.simulated_time import simulated
from tests.rigs.flaky_proxy import Fault
from tests.sync.world import World
from tracker.desks.base import Capability, FileSource
from tracker.model.command import Command, Delivery, Receipt
from tracker.model.listing import Filter
from tracker.model.ticket import TicketId

LOST = (Fault.LOSE, Fault.CUT)
NEVER_CAME = (Fault.DROP, Fault.BUSY, Fault.BROKEN, Fault.HTML)


def watch_deliveries(world: World, command: Command) -> list[str]:
    """Note every delivery state in which a command is found at a point of its way."""
    seen: list[str] = []

    def look(_point: str) -> None:
        with world.reading() as reader:
            pending = next((p for p in reader.outbox() if p.command.id == command.id), None)
        state = pending.delivery.value if pending else "gone"
        if not seen or seen[-1] != state:
            seen.append(state)

    world.checkpoint = look
    return seen


@simulated
async def test_a_request_goes_from_queued_by_unsure_to_delivered_and_goes_with_the_echo(world: World) -> None:
    async with world.running() as engine:
        await world.in_step()
        raised = world.create()
        seen = watch_deliveries(world, raised)
        engine.letters.submit(raised)
        await world.in_step()
        assert seen[0] == "gone"
        assert [state for state in seen if state != "gone"] in (
            ["queued", "unsure", "delivered"],
            ["queued", "unsure"],
        )
        with world.reading() as reader:
            assert reader.find(raised.ticket) == "T-1"
            assert [p.delivery for p in reader.outbox()] == []


@simulated
async def test_a_desk_that_is_asked_shows_delivered_until_it_is_asked(world: World) -> None:
    world.capabilities = frozenset({Capability.CREATE, Capability.REPLY})
    async with world.running() as engine:
        await world.in_step()
        raised = world.create()
        seen = watch_deliveries(world, raised)
        engine.letters.submit(raised)
        await world.in_step()
        assert seen == ["gone", "queued", "unsure", "delivered", "gone"]


@simulated
async def test_a_refusal_is_kept_with_its_reason_and_sent_again_when_asked(world: World) -> None:
    async with world.running() as engine:
        await world.in_step()
        raised = world.create()
        wrong = type(raised)(raised.id, raised.at, "moon", raised.subject, raised.text)
        engine.letters.submit(wrong)
        await world.until(lambda: engine.outbox.all()[0].delivery is Delivery.REJECTED)
        with world.reading() as reader:
            (pending,) = reader.outbox()
            assert pending.error == "The service desk refused: there is no such service."
            assert reader.tickets(Filter.ALL) == (raised.ticket,)
        await anyio.sleep(3600)
        assert world.network.requests.count("POST /commands") == 1, "never repeated by itself"
        engine.letters.retry(raised.id)
        await anyio.sleep(1)
        assert world.network.requests.count("POST /commands") == 2


@pytest.mark.parametrize("fault", [*LOST, *NEVER_CAME])
@pytest.mark.parametrize("kind", ["create", "reply", "file"])
def test_an_answer_that_does_not_come_doubles_nothing(world: World, fault: Fault, kind: str) -> None:
    @simulated
    async def run() -> None:
        ticket = world.raised()
        async with world.running() as engine:
            await world.in_step()
            world.network.fail(fault, match=b"POST /commands", times=1)
            files = (world.attached(),) if kind == "file" else ()
            command = world.create("Mouse") if kind == "create" else world.reply(ticket, files=files)
            engine.letters.submit(command)
            await world.in_step()
        assert world.network.requests.count("POST /commands") == (1 if fault in LOST else 2)
        assert len(world.helpdesk.tickets) == (2 if kind == "create" else 1)
        assert world.helpdesk.messages(ticket).count("Any news?") == int(kind != "create")
        assert len(world.helpdesk.files) == len(files)

    run()


@simulated
async def test_a_lost_answer_is_looked_up_before_anything_is_sent_again(world: World) -> None:
    """The feed is silent, so only looking can tell."""
    world.capabilities = frozenset({Capability.CREATE, Capability.REPLY})
    async with world.running() as engine:
        await world.in_step()
        world.network.fail(Fault.LOSE, match=b"POST /commands", times=1)
        engine.letters.submit(world.create())
        await world.in_step()
    assert world.network.requests.count("POST /commands") == 1
    assert world.network.requests.count("GET /commands") == 1


@simulated
async def test_what_was_not_delivered_is_tried_again_by_itself(world: World) -> None:
    async with world.running() as engine:
        await world.in_step()
        world.network.fail(Fault.BUSY, match=b"POST /commands", times=4)
        engine.letters.submit(world.create())
        await anyio.sleep(0.5)
        (pending,) = engine.outbox.all()
        assert pending.delivery is Delivery.UNSURE
        assert pending.error == "The service desk cannot be reached. We keep trying."
        took = await world.until(world.is_in_step)
        assert 2 <= took < 120


@simulated
async def test_a_desk_that_asks_for_time_gets_it_before_the_next_try(world: World) -> None:
    async with world.running() as engine:
        await world.in_step()
        world.network.fail(Fault.SLOW_DOWN, match=b"POST /commands", times=1)
        engine.letters.submit(world.create())
        assert 6.9 <= await world.until(world.is_in_step) < 9


@simulated
async def test_one_who_waits_does_not_hold_up_the_others(world: World) -> None:
    first, second = world.raised("One"), world.raised("Two")
    async with world.running() as engine:
        await world.in_step()
        world.network.fail(Fault.SLOW_DOWN, match=b"POST /commands", times=1)
        engine.letters.submit(world.reply(first, "slow"))
        engine.letters.submit(world.reply(second, "quick"))
        await world.until(lambda: "quick" in world.helpdesk.messages(second), within=1)
        assert "slow" not in world.helpdesk.messages(first)
        await world.in_step()


@simulated
async def test_replies_on_one_request_stay_in_order(world: World) -> None:
    ticket = world.raised()
    async with world.running() as engine:
        await world.in_step()
        world.network.fail(Fault.BUSY, match=b"POST /commands", times=2)
        for number in range(5):
            engine.letters.submit(world.reply(ticket, f"Line {number}"))
        await world.in_step()
    assert world.helpdesk.messages(ticket)[1:] == [f"Line {number}" for number in range(5)]


@simulated
async def test_a_reply_on_an_unsent_request_follows_it_to_its_ticket(world: World) -> None:
    other = world.raised("Other")
    world.network.cut()
    async with world.running() as engine:
        raised = world.create("Mouse")
        engine.letters.submit(raised)
        engine.letters.submit(world.reply(raised.ticket, "It is the left button"))
        engine.letters.submit(world.reply(raised.ticket, "The other left"))
        await anyio.sleep(60)
        world.network.restore()
        engine.check_now()
        await world.in_step()
    assert world.helpdesk.messages(other) == ["It drops."]
    assert world.helpdesk.messages(TicketId("T-2"))[1:] == ["It is the left button", "The other left"]


@simulated
async def test_everything_works_offline_and_survives_a_restart(world: World) -> None:
    ticket = world.raised()
    async with world.running():
        await world.in_step()
    world.network.cut()
    async with world.running() as engine:
        raised = world.create("Mouse", files=(world.attached("photo.jpg", b"jpg"),))
        engine.letters.submit(raised)
        engine.letters.submit(world.reply(ticket))
        await anyio.sleep(10)
        with world.reading() as reader:
            assert len(reader.tickets(Filter.ALL)) == 2
    world.network.restore()
    async with world.running():
        await world.in_step()
    assert [each.subject for each in world.helpdesk.tickets.values()] == ["VPN drops", "Mouse"]
    assert list(world.helpdesk.files.values()) == [b"jpg"]
    assert world.helpdesk.messages(ticket) == ["It drops.", "Any news?"]


@simulated
async def test_copies_of_files_go_when_the_desk_has_them(world: World) -> None:
    ticket = world.raised()
    async with world.running() as engine:
        await world.in_step()
        engine.letters.submit(world.reply(ticket, files=(world.attached(), world.attached("b.txt", b"b"))))
        assert len(list(world.outgoing.iterdir())) == 2
        await world.in_step()
        assert list(world.outgoing.iterdir()) == []


@simulated
async def test_a_copy_that_cannot_be_removed_is_not_a_trouble(world: World) -> None:
    ticket = world.raised()
    async with world.running() as engine:
        await world.in_step()
        file = world.attached()
        desk = engine.desk
        assert isinstance(desk, FakeDesk)
        sent = desk.send

        async def send_and_replace(command: Command, files: FileSource) -> Receipt:
            receipt = await sent(command, files)
            (world.outgoing / file.key).unlink()
            (world.outgoing / file.key).mkdir()
            return receipt

        desk.send = send_and_replace  # type: ignore[method-assign]
        engine.letters.submit(world.reply(ticket, files=(file,)))
        await world.in_step()


@simulated
async def test_the_same_command_twice_is_sent_once(world: World) -> None:
    async with world.running() as engine:
        await world.in_step()
        raised = world.create()
        engine.letters.submit(raised)
        engine.letters.submit(raised)
        await world.in_step()
        engine.letters.submit(raised)
        await anyio.sleep(60)
    assert world.network.requests.count("POST /commands") == 1
