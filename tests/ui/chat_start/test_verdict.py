"""What comes of asking for a chat, in words."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QLocale

from tests.ui.samples import NOW, ZONE
from tracker.model.chat import ChatOffer, OfferState, Wait
from tracker.ui.chat_start.verdict import (
    Verdict,
    offer_words,
    refusal,
    start_words,
    verdict_on,
)
from tracker.ui.chat_start.wait_words import wait_words
from tracker.ui.wording import Wording

WORDING = Wording(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom), ZONE, lambda: NOW)


def between(shortest: float, longest: float) -> Wait:
    return Wait(timedelta(minutes=shortest), timedelta(minutes=longest))


@pytest.mark.parametrize(
    ("wait", "words"),
    [
        (None, ""),
        (between(0, 0), "no wait"),
        (between(0, 1.5), "about 2 min wait"),
        (between(2, 2), "about 2 min wait"),
        (between(1.2, 4.1), "2 to 5 min wait"),
        (between(-3, -1), "no wait"),
    ],
)
def test_a_wait_is_a_range_in_whole_minutes(wait: Wait | None, words: str) -> None:
    assert wait_words(wait, WORDING) == words


def test_up_to_a_quarter_of_an_hour_a_chat_begins() -> None:
    assert verdict_on(ChatOffer(OfferState.OPEN)) is Verdict.GO
    assert verdict_on(ChatOffer(OfferState.OPEN, wait=between(3, 15))) is Verdict.GO
    assert verdict_on(ChatOffer(OfferState.OPEN, wait=between(3, 15.1))) is Verdict.TOO_LONG


def test_why_not_is_said_and_when_it_opens_again() -> None:
    tomorrow = NOW + timedelta(days=1)
    closed = refusal(ChatOffer(OfferState.CLOSED, opens_at=tomorrow), WORDING)
    assert closed == f"The chat is closed now. It opens again tomorrow {WORDING.time(tomorrow)}."
    later = NOW + timedelta(minutes=5)
    nobody = refusal(ChatOffer(OfferState.NOBODY, opens_at=later), WORDING)
    assert nobody.endswith(f"It opens again today at {WORDING.time(later)}.")
    assert refusal(ChatOffer(OfferState.FULL), WORDING) == "The queue for the chat is full just now."
    long = ChatOffer(OfferState.OPEN, place=9, wait=between(20, 40))
    assert refusal(long, WORDING) == (
        "It would take long: 20 to 40 min wait. You would be number 9 in the queue."
    )


def test_what_one_gets_is_said_before_and_at_the_start() -> None:
    offer = ChatOffer(OfferState.OPEN, 2, 3, between(1, 2))
    assert offer_words(offer, WORDING) == "1 to 2 min wait"
    assert start_words(offer, WORDING) == "You are number 3 in the queue, 1 to 2 min wait."
    assert start_words(ChatOffer(OfferState.OPEN, place=1), WORDING) == "You are number 1 in the queue."
    assert start_words(ChatOffer(OfferState.OPEN), WORDING) == "The chat begins."
    assert offer_words(ChatOffer(OfferState.NOBODY), WORDING) == "nobody is there now"
    assert offer_words(ChatOffer(OfferState.OPEN), WORDING) == "open now"
