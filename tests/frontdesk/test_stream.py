"""The live stream: at once, in order, from where one left off, and quiet when there is nothing."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from httpx_sse import EventSource, ServerSentEvent

from tests.frontdesk.house import Caller, House, Json, Template
from tracker.frontdesk import limits
from tracker.frontdesk.administration import set_disabled
from tracker.frontdesk.desk import Desk
from tracker.frontdesk.server import ServeConfig, serving


@contextmanager
def listening(caller: Caller, last: str | None = None, **params: str) -> Iterator[Iterator[ServerSentEvent]]:
    """Give the messages of a stream."""
    headers = {"Last-Event-ID": last} if last is not None else {}
    with caller.http.stream("GET", "/changes/stream", params=params, headers=headers) as response:
        assert response.status_code == 200, response.read()
        yield EventSource(response).iter_sse()


def kinds(message: ServerSentEvent) -> list[str]:
    return [change["event"]["kind"] for change in message.json()["changes"]]


def test_a_stream_says_at_once_that_it_is_live_then_tells_each_commit(house: House) -> None:
    number = house.anna.raise_ticket()
    with listening(house.anna) as messages:
        first = next(messages)
        assert (first.event, first.json()["changes"], first.json()["reset"]) == ("changes", [], False)
        assert first.id == first.json()["cursor"]
        house.ben.raise_ticket("Not Anna's business")
        house.tess.ok(f"/agent/tickets/{number}/note", {"text": "Neither is this"})
        house.tess.ok(f"/agent/tickets/{number}/start")
        assert kinds(next(messages)) == ["assigned", "work_started"]
        house.tess.ok(f"/agent/tickets/{number}/reply", {"text": "Hello"})
        assert kinds(next(messages)) == ["reply", "promise_kept"]


def test_a_stream_goes_on_where_it_was_cut_without_gap_or_double(house: House) -> None:
    number = house.anna.raise_ticket()
    path = f"/agent/tickets/{number}/reply"
    cursor = house.anna.get("/cursor")["cursor"]
    told: list[Json] = []
    for n in range(6):
        with listening(house.anna, last=cursor, after="0.ignored") as messages:
            if n:
                told += next(messages).json()["changes"]
            else:
                next(messages)
            house.tess.ok(path, {"text": f"Heard {n}"})
            message = next(messages)
            told += message.json()["changes"]
            cursor = message.id
        house.tess.ok(path, {"text": f"Missed {n}"})
    told += house.anna.get("/changes", after=cursor)["changes"]
    events = [event for event in house.anna.events(number) if event["seq"] > 3]
    assert [change["event"]["id"] for change in told] == [event["id"] for event in events]


def test_more_than_a_page_comes_in_several_messages(house: House) -> None:
    cursor = house.anna.get("/cursor")["cursor"]
    for _ in range(70):
        house.anna.raise_ticket()
    with listening(house.anna, after=cursor) as messages:
        first, second = next(messages), next(messages)
    assert (len(first.json()["changes"]), first.json()["more"]) == (200, True)
    assert (len(second.json()["changes"]), second.json()["more"]) == (10, False)


def test_a_cursor_of_another_life_resets_and_the_stream_goes_on(house: House) -> None:
    house.anna.raise_ticket()
    with listening(house.anna, last="77.abcdefgh") as messages:
        assert next(messages).json()["reset"] is True
        house.anna.raise_ticket()
        assert kinds(next(messages))[0] == "created"


def test_an_agent_may_hear_the_whole_desk_and_others_may_not(house: House) -> None:
    with listening(house.tess, scope="desk") as messages:
        next(messages)
        number = house.anna.raise_ticket()
        assert kinds(next(messages))[0] == "created"
        house.ravi.ok(f"/agent/tickets/{number}/note", {"text": "Internal"})
        assert kinds(next(messages)) == ["other"]
    assert house.anna.ask("GET", "/changes/stream", params={"scope": "desk"}).status_code == 403
    assert house.anna.ask("GET", "/changes/stream", params={"after": "nonsense"}).status_code == 400


def test_a_change_is_on_the_wire_within_milliseconds(
    house: House, record_property: Callable[[str, object], None]
) -> None:
    number = house.anna.raise_ticket()
    arrived: list[float] = []
    ready = threading.Semaphore(0)

    def listen() -> None:
        with listening(house.anna) as messages:
            for _ in range(21):
                next(messages)
                arrived.append(time.perf_counter())
                ready.release()

    listener = threading.Thread(target=listen)
    listener.start()
    assert ready.acquire(timeout=10)
    delays = []
    for n in range(20):
        house.tess.ok(f"/agent/tickets/{number}/reply", {"text": f"Word {n}"})
        answered = time.perf_counter()
        assert ready.acquire(timeout=10)
        delays.append((arrived[-1] - answered) * 1000)
    listener.join()
    record_property("ms_after_the_answer", sorted(delays)[10])
    assert sorted(delays)[10] < 150


def test_idle_streams_get_a_sign_of_life(folder: Path, template: Template) -> None:
    with serving(ServeConfig(folder, heartbeat=0.05)) as url:
        anna = Caller(url, template.tokens["anna"])
        with anna.http.stream("GET", "/changes/stream") as response:
            lines = response.iter_lines()
            assert sum(1 for _ in zip(range(40), lines, strict=False)) == 40
        with anna.http.stream("GET", "/changes/stream") as response:
            assert next(line for line in response.iter_lines() if line.startswith(":")) == ": still here"
        anna.close()


def test_a_stream_ends_with_its_session(folder: Path, template: Template) -> None:
    with serving(ServeConfig(folder, heartbeat=0.05)) as url:
        anna = Caller(url, template.tokens["anna"])
        with anna.http.stream("GET", "/changes/stream") as response:
            lines = response.iter_lines()
            next(line for line in lines if line.startswith("data:"))
            with Desk(folder) as desk:
                set_disabled(desk, "anna", disabled=True)
            assert set(lines) <= {"", ": still here"}
        anna.close()


def test_a_stopping_desk_ends_its_streams_within_two_seconds(folder: Path, template: Template) -> None:
    streams: list[httpx.Response] = []
    with serving(ServeConfig(folder)) as url:
        callers = [Caller(url, template.tokens["anna"]) for _ in range(5)]
        for caller in callers:
            request = caller.http.build_request("GET", "/changes/stream")
            stream = caller.http.send(request, stream=True)
            lines = stream.iter_lines()
            next(line for line in lines if line.startswith("data:"))
            streams.append(stream)
        begun = time.monotonic()
    assert time.monotonic() - begun < 2
    for stream, caller in zip(streams, callers, strict=True):
        stream.close()
        caller.close()


def test_one_person_cannot_use_up_the_desk_with_streams(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "STREAMS_PER_PERSON", 2)
    with listening(house.anna) as one, listening(house.anna) as two:
        next(one), next(two)
        answer = house.anna.ask("GET", "/changes/stream")
        assert (answer.status_code, answer.json()["error"]) == (429, "slow_down")
        with listening(house.ben) as other:
            next(other)


def test_a_listener_that_hangs_up_is_forgotten(folder: Path, template: Template) -> None:
    with serving(ServeConfig(folder)) as url:
        anna = Caller(url, template.tokens["anna"])
        for _ in range(limits.STREAMS_PER_PERSON + 5):
            with listening(anna) as messages:
                next(messages)
        anna.close()
