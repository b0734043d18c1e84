"""The small parts by themselves: merging, gathering, waiting, saying."""

from __future__ import annotations

import random

import anyio
import pytest

from tests.fakes.simulated_time import START, simulated
from tests.store.samples import T1, T2, event, ticket
from tests.sync.recorder import Recorder
from tracker.model.batch import Batch, Cursor
from tracker.model.change import NOTHING, Change
from tracker.model.command import CommandId
from tracker.model.health import Condition
from tracker.sync.checkpoint import POINTS, pass_by
from tracker.sync.gathering import AT_ONCE, Gathering, joined
from tracker.sync.health_board import HealthBoard, Way
from tracker.sync.publisher import MERGE, Publisher
from tracker.sync.retry import LONGEST, MOST_ASKED, Backoff, delivery_wait


class TestPublisher:
    """Changes are told merged, soon."""

    def test_a_flood_is_told_as_one(self) -> None:
        @simulated
        async def run() -> None:
            told: list[Change] = []

            class Listener(Recorder):
                def changed(self, change: Change) -> None:
                    told.append(change)

            publisher = Publisher(Listener())
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(publisher.run)
                for name in (T1, T2):
                    publisher.add(Change(frozenset({name})))
                publisher.add(NOTHING)
                await anyio.sleep(MERGE / 2)
                assert told == []
                await anyio.sleep(MERGE)
                assert told == [Change(frozenset({T1, T2}))]
                publisher.add(Change(outbox=True))
                publisher.flush()
                assert told[1:] == [Change(outbox=True)]
                publisher.flush()
                await anyio.sleep(1)
                assert len(told) == 2
                publisher.add(Change(drafts=True))
                await anyio.sleep(1)
                assert told[2:] == [Change(drafts=True)], "a flush of nothing keeps nobody from hearing"
                tasks.cancel_scope.cancel()

        run()


class TestBackoff:
    """Waits double, spread, and end."""

    def test_waits_double_to_a_limit_and_start_over(self) -> None:
        backoff = Backoff(random.Random(1))  # noqa: S311
        waits = [backoff.failed() for _ in range(40)]
        for number, wait in enumerate(waits):
            usual = min(LONGEST, 2.0**number)
            assert 0.5 * usual <= wait <= 1.5 * usual
        backoff.worked()
        assert backoff.failed() <= 1.5

    def test_five_thousand_programs_spread_out(self) -> None:
        """All lose the desk in one second; no second of the fourth wave gets more than a fifth of them."""
        waits = []
        for number in range(5000):
            backoff = Backoff(random.Random(number))  # noqa: S311
            waits.append(sum(backoff.failed() for _ in range(4)))
        busiest = max(sum(1 for wait in waits if second <= wait < second + 1) for second in range(30))
        assert busiest < 1000

    def test_the_desk_is_not_asked_before_it_wants_to_be(self) -> None:
        backoff = Backoff()
        assert backoff.failed(60) >= 60
        assert MOST_ASKED <= backoff.failed(1e9) <= MOST_ASKED * 1.1
        assert backoff.failed(0) >= 0.5

    @pytest.mark.parametrize("attempts", range(12))
    def test_a_command_waits_at_least_two_seconds(self, attempts: int) -> None:
        for seed in range(50):
            wait = delivery_wait(attempts, None, random.Random(seed))  # noqa: S311
            assert 2.0 <= wait <= 1.5 * LONGEST
        assert delivery_wait(attempts, 1000, random.Random(0)) >= 1000  # noqa: S311
        assert delivery_wait(attempts, 1e9, random.Random(0)) == MOST_ASKED  # noqa: S311


class TestHealth:
    """The worse of both ways is what is said, once."""

    def board(self) -> tuple[HealthBoard, Recorder]:
        listener = Recorder()
        return HealthBoard(listener.health, lambda: START, None), listener

    def test_it_begins_by_syncing(self) -> None:
        board, listener = self.board()
        assert board.health.condition is Condition.SYNCING
        board.set(Condition.SYNCING)
        assert listener.healths == []

    def test_the_worse_way_wins(self) -> None:
        board, listener = self.board()
        board.caught_up(push=True)
        board.set(Condition.SIGN_IN_NEEDED, "Sign in.", way=Way.OUT)
        board.set(Condition.OFFLINE, "Offline.")
        board.set(Condition.OK, way=Way.OUT)
        board.set(Condition.BROKEN, "Broken.")
        assert [(told.condition, told.sentence, told.push) for told in listener.healths] == [
            (Condition.OK, "", True),
            (Condition.SIGN_IN_NEEDED, "Sign in.", True),
            (Condition.SIGN_IN_NEEDED, "Sign in.", False),
            (Condition.OFFLINE, "Offline.", False),
            (Condition.BROKEN, "Broken.", False),
        ]

    def test_checking_again_leaves_what_is_well(self) -> None:
        board, listener = self.board()
        board.caught_up(push=True)
        board.set(Condition.BROKEN, "Broken.", way=Way.OUT)
        board.check()
        board.set(Condition.OFFLINE)
        board.check()
        assert [(told.condition, told.push) for told in listener.healths] == [
            (Condition.OK, True),
            (Condition.BROKEN, True),
            (Condition.OK, True),
            (Condition.OFFLINE, False),
            (Condition.SYNCING, False),
        ]

    def test_another_sign_in_starts_over(self) -> None:
        board, _listener = self.board()
        board.set(Condition.BROKEN, way=Way.OUT)
        board.caught_up(push=False)
        board.start_over(Condition.SYNCING)
        assert board.health.condition is Condition.SYNCING
        assert board.health.as_of == START
        board.forget()
        assert board.health.as_of is None

    def test_notes_come_and_go_by_name(self) -> None:
        board, listener = self.board()
        board.note("clock", "The clock is off.")
        board.note("secret", "This session only.")
        board.note("clock", "The clock is very off.")
        assert listener.healths[-1] == board.health
        board.note("other", None)
        board.note("secret", None)
        assert [told.notes for told in listener.healths[1:]] == [
            ("The clock is off.", "This session only."),
            ("This session only.", "The clock is very off."),
            ("The clock is very off.",),
        ]


def live(number: int, **other: object) -> Batch:
    values: dict[str, object] = {
        "live": True,
        "cursor": Cursor(str(number)),
        "events": (event(f"e{number}"),),
    }
    return Batch(**(values | other))  # type: ignore[arg-type]


class TestGathering:
    """What comes in steps after a break is one."""

    def test_steps_are_held_until_all_is_told(self) -> None:
        gathering = Gathering()
        assert gathering.add(live(1, tickets=(ticket("T-1", "Old"),))) == ()
        assert gathering.add(live(2, confirms=(CommandId("c"),))) == ()
        (whole,) = gathering.add(live(3, tickets=(ticket("T-1", "New"),), caught_up=True))
        assert [told.id for told in whole.events] == ["e1", "e2", "e3"]
        assert [told.subject for told in whole.tickets] == ["New"]
        assert (whole.cursor, whole.caught_up, whole.confirms) == ("3", True, ("c",))
        assert gathering.add(live(4)) == (live(4),), "from then on each step is passed on"

    def test_a_long_break_is_stored_in_pieces(self) -> None:
        gathering = Gathering()
        many = tuple(event(f"m{number}") for number in range(AT_ONCE - 1))
        assert gathering.add(live(1, events=many)) == ()
        (piece,) = gathering.add(live(2))
        assert (len(piece.events), piece.cursor, piece.caught_up) == (AT_ONCE, "2", False)
        assert gathering.add(live(3)) == ()

    def test_history_passes_by_what_is_held(self) -> None:
        gathering = Gathering()
        history = Batch(events=(event("h"),))
        assert gathering.add(live(1)) == ()
        assert gathering.add(history) == (history,)
        assert len(gathering.add(live(2, caught_up=True))[0].events) == 2

    def test_a_new_beginning_comes_after_what_is_held(self) -> None:
        gathering = Gathering()
        assert gathering.add(live(1)) == ()
        end = Batch(cursor=Cursor("9"), caught_up=True)
        assert gathering.add(end) == (live(1), end)
        assert gathering.add(live(10)) == (live(10),)

    def test_a_first_sync_passes_straight_through(self) -> None:
        gathering = Gathering()
        page, end = Batch(tickets=(ticket(),)), Batch(cursor=Cursor("9"), caught_up=True)
        assert gathering.add(page) == (page,)
        assert gathering.add(end) == (end,)

    def test_what_is_gone_and_came_back_is_there(self) -> None:
        one = live(1, tickets=(ticket("T-1"), ticket("T-2")), gone=(T2,))
        other = live(2, tickets=(ticket("T-2", "Back"),), gone=(T1,))
        both = joined(one, other)
        assert [told.subject for told in both.tickets] == ["Back"]
        assert both.gone == (T1,)
        assert joined(one, live(2, cursor=None)).cursor == "1"


def test_every_point_has_a_name_of_its_own() -> None:
    assert len(set(POINTS)) == len(POINTS)
    pass_by(POINTS[0])
