"""What is whispered is bounded, the latest of each kind, and never in the way of the facts."""

import asyncio
import threading

import pytest

from tracker.frontdesk import limits, pacing
from tracker.frontdesk.feed import EVERYTHING, Ear, Hub, Whisper
from tracker.frontdesk.pacing import MessagePace, Sightings, TypingPace
from tracker.frontdesk.people import Person
from tracker.frontdesk.refusals import Refused

ANNA = Person(id="u1", name="Anna Keller")


def test_an_ear_keeps_the_latest_of_each_kind_and_only_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "WHISPERS_KEPT", 2)
    ear = Ear()
    for whisper in (
        Whisper("REQ-1", ANNA, typing=True),
        Whisper("REQ-1"),
        Whisper("REQ-2"),
        Whisper("REQ-1", ANNA, typing=False),
    ):
        ear.whisper(whisper)
    assert ear.take() == (Whisper("REQ-1", ANNA, typing=False), Whisper("REQ-1"))
    assert ear.take() == ()


def test_a_whisper_from_any_thread_reaches_those_it_is_for() -> None:
    async def listen() -> tuple[tuple[Whisper, ...], ...]:
        hub = Hub()
        hub.whisper(["u1"], Whisper("REQ-0"))  # nobody listens before the desk is served
        hub.open()
        with hub.listening("u1") as mine, hub.listening("u2") as other, hub.listening(EVERYTHING) as desk:
            threads = [
                threading.Thread(target=hub.whisper, args=(["u1"], Whisper(f"REQ-{n}"))) for n in (1, 2)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            await asyncio.wait_for(mine.wait(), 10)
            await asyncio.wait_for(desk.wait(), 10)
            await asyncio.sleep(0)
            return mine.take(), other.take(), desk.take()

    mine, other, desk = asyncio.run(listen())
    assert {whisper.ticket for whisper in mine} == {"REQ-1", "REQ-2"} == {each.ticket for each in desk}
    assert other == ()


def test_typing_is_passed_on_every_two_seconds_and_its_end_once() -> None:
    pace = TypingPace()
    said = [(0.0, True), (1.0, True), (1.5, False), (1.6, False), (1.7, True), (2.1, True), (9.0, False)]
    passed = [pace.admit("u1", "REQ-1", typing=typing, now=now) for now, typing in said]
    assert passed == [True, False, True, False, False, True, True]
    assert pace.admit("u2", "REQ-1", typing=True, now=9.1)


def test_a_minute_after_the_first_message_there_is_room_for_another() -> None:
    pace = MessagePace()
    pace.admit("u1", most=2, now=0.0)
    pace.admit("u1", most=2, now=30.0)
    with pytest.raises(Refused) as refused:
        pace.admit("u1", most=2, now=45.5)
    assert refused.value.after == 15
    pace.admit("u2", most=2, now=45.5)
    pace.admit("u1", most=2, now=60.0)


def test_what_is_known_of_the_pace_of_very_many_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pacing, "MOST_KEPT", 2)
    messages, typing = MessagePace(), TypingPace()
    for n in range(4):
        messages.admit(f"u{n}", most=1, now=1.0)
        assert typing.admit(f"u{n}", "REQ-1", typing=True, now=1.0)
    messages.admit("u0", most=1, now=1.0)
    assert typing.admit("u0", "REQ-1", typing=True, now=1.0)


def test_being_there_is_noted_every_fifteen_seconds() -> None:
    sightings = Sightings()
    assert [sightings.admit("u3", now=now) for now in (0.0, 14.9, 15.0, 20.0)] == [True, False, True, False]
