"""How the person wants to be told, here and at the desk: the copy that was changed later counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from tests.fakes.desk import ALL
from tests.fakes.simulated_time import START, simulated
from tests.sync.world import World, hours
from tracker.desks.base import Capability
from tracker.model.telling import NotifySettings

QUIET = NotifySettings(progress_per_day=1)


def at(number: float) -> datetime:
    return START + hours(number)


def changed(number: float, settings: NotifySettings = QUIET) -> NotifySettings:
    return replace(settings, changed_at=at(number))


def puts(world: World) -> int:
    return sum(line.startswith("PUT /preferences") for line in world.network.requests)


@simulated
async def test_the_desks_copy_is_taken_over_where_it_is_later(world: World) -> None:
    world.helpdesk.preferences["jane"] = changed(2)
    world.notify = changed(1, NotifySettings())
    async with world.running():
        await world.until(lambda: world.notify == changed(2))
        await world.in_step()
        assert puts(world) == 0


@simulated
async def test_what_was_changed_here_later_goes_to_the_desk_once(world: World) -> None:
    world.helpdesk.preferences["jane"] = changed(1, NotifySettings())
    world.notify = changed(2)
    async with world.running() as engine:
        await world.until(lambda: world.helpdesk.preferences["jane"] == changed(2))
        engine.preferences_changed()
        await world.in_step()
        assert puts(world) == 1


@simulated
async def test_a_change_without_a_network_is_sent_after_a_restart(world: World) -> None:
    async with world.running() as engine:
        await world.in_step()
        assert puts(world) == 0, "nobody has wished for anything"
        world.network.cut()
        world.notify = changed(3)
        engine.preferences_changed()
    assert "jane" not in world.helpdesk.preferences
    world.network.restore()
    async with world.running():
        await world.until(lambda: world.helpdesk.preferences.get("jane") == changed(3))


@simulated
async def test_a_change_while_it_runs_is_sent_when_the_desk_is_back(world: World) -> None:
    async with world.running() as engine:
        await world.in_step()
        world.network.cut()
        world.notify = changed(3)
        engine.preferences_changed()
        await world.until(lambda: world.clocks.wall() > at(0.5))
        world.network.restore()
        await world.until(lambda: world.helpdesk.preferences.get("jane") == changed(3))


@simulated
async def test_a_desk_that_keeps_none_is_not_asked(world: World) -> None:
    world.capabilities = ALL - {Capability.PREFERENCES}
    world.notify = changed(3)
    async with world.running():
        await world.in_step()
        await world.until(lambda: world.clocks.wall() > at(0.5))
        assert not [line for line in world.network.requests if "preferences" in line]
