"""What a card says of a request, and with which colour."""

from dataclasses import replace

import pytest

from tests.ui.page_ground import Clock
from tests.ui.samples import ACCESS, DOCK, LAPTOP, MAILBOX, PRINTER, REFUSED, UNSENT, ZONE, at, entry
from tests.ui.test_wording import BRITISH
from tracker.model.command import CommandId, Delivery
from tracker.model.line import line
from tracker.model.promise import Promise, PromiseKind
from tracker.model.ticket import Act
from tracker.model.track import EntryKind, Track
from tracker.ui.theme.tokens import Tone
from tracker.ui.tickets.card_look import CardLook, card_look
from tracker.ui.tickets.looks import chip_icon, chip_tone
from tracker.ui.wording import Wording


def look(track: Track) -> CardLook:
    return card_look(track, Wording(BRITISH, ZONE, Clock()))


def test_a_card_says_number_state_subject_and_the_date_that_matters() -> None:
    said = look(DOCK)
    assert (said.number, said.chip) == ("INC-20417", "Technician on the way")
    assert (said.label, said.date) == ("Expected fixed", "Today, 17:00")
    assert said.now == "Priya arrives about 14:20"
    assert (said.stages, said.reached) == (6, 3.5)


def test_a_card_is_one_sentence_for_assistive_technology() -> None:
    assert look(DOCK).spoken == (
        "Laptop docking station does not power two screens. INC-20417. Technician on the way. "
        "Priya arrives about 14:20. Stage 4 of 6, On the way. "
        "Expected fixed Friday 21 November 2025, 17:00 CET."
    )


@pytest.mark.parametrize(
    ("track", "tone"),
    [
        (DOCK, Tone.ACCENT),
        (ACCESS, Tone.WAIT),
        (MAILBOX, Tone.LATE),
        (PRINTER, Tone.OK),
        (REFUSED, Tone.LATE),
        (UNSENT, Tone.NEUTRAL),
    ],
)
def test_the_colour_says_what_the_words_say(track: Track, tone: Tone) -> None:
    assert chip_tone(track) is tone


def test_work_with_an_open_promise_is_on_time() -> None:
    promised = Promise("p", PromiseKind.FIX, at(25, 17), at(20, 9))
    assert chip_tone(LAPTOP) is Tone.ACCENT
    assert chip_tone(replace(LAPTOP, promises=(promised,))) is Tone.OK


def test_every_state_has_an_icon() -> None:
    assert chip_icon(DOCK) == "truck"
    assert chip_icon(replace(ACCESS, overlays=())) == "wrench"
    assert chip_icon(UNSENT) == "send"


def test_only_what_is_thought_fixed_asks_for_an_answer() -> None:
    assert look(PRINTER).acts == (Act.NOT_FIXED, Act.CONFIRM)
    assert look(PRINTER).edge is Tone.OK
    assert look(DOCK).acts == ()


@pytest.mark.parametrize(
    ("delivery", "acts"), [(Delivery.QUEUED, ()), (Delivery.REJECTED, (Act.NOT_FIXED, Act.CONFIRM))]
)
def test_an_answer_on_its_way_is_not_asked_for_again(delivery: Delivery, acts: tuple[Act, ...]) -> None:
    said = entry("c1", at(21, 13), line("You said that it works"), kind=EntryKind.PENDING)
    waiting = replace(said, delivery=delivery, command=CommandId("c1"))
    assert look(replace(PRINTER, entries=(waiting,))).acts == acts


def test_a_request_without_a_subject_still_has_a_card() -> None:
    assert look(replace(DOCK, ticket=replace(DOCK.ticket, subject=" \u202e "))).subject == "(no subject)"


def test_new_messages_of_a_chat_come_first_on_its_card() -> None:
    said = card_look(DOCK, Wording(BRITISH, ZONE, Clock()), unread=2)
    assert said.now == "Chat: 2 new · Priya arrives about 14:20"
    assert "Chat: 2 new" in said.spoken
