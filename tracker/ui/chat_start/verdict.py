"""What comes of asking for a chat: it begins, or a plain sentence says why not."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from tracker.model.chat import OfferState
from tracker.ui.chat_start.wait_words import wait_words

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.model.chat import ChatOffer
    from tracker.ui.wording import Wording

TOO_LONG = timedelta(minutes=15)
"""Whoever may have to wait longer is told so, and chooses."""

CATCH = timedelta(minutes=3)
"""Whoever has waited this long, and nobody came, is offered something else."""


class Verdict(Enum):
    """What an offer means for somebody who wants to chat now."""

    GO = "go"
    TOO_LONG = "too long"
    CLOSED = "closed"
    NOBODY = "nobody"
    FULL = "full"


_STATES = {
    OfferState.CLOSED: Verdict.CLOSED,
    OfferState.NOBODY: Verdict.NOBODY,
    OfferState.FULL: Verdict.FULL,
}


def verdict_on(offer: ChatOffer) -> Verdict:
    """Tell what an offer means."""
    if offer.state is not OfferState.OPEN:
        return _STATES[offer.state]
    too_long = offer.wait is not None and offer.wait.longest > TOO_LONG
    return Verdict.TOO_LONG if too_long else Verdict.GO


def offer_words(offer: ChatOffer, wording: Wording) -> str:
    """Say in a few words what one would get now, for beside a button: "about 2 min wait", "closed now"."""
    said = {
        Verdict.CLOSED: _tr("closed now"),
        Verdict.NOBODY: _tr("nobody is there now"),
        Verdict.FULL: _tr("full now"),
    }
    return said.get(verdict_on(offer), "") or wait_words(offer.wait, wording) or _tr("open now")


def start_words(offer: ChatOffer, wording: Wording) -> str:
    """Say what somebody gets who starts now: "You are number 2 in the queue, about 2 min wait."."""
    wait = wait_words(offer.wait, wording)
    if offer.place is None:
        return _tr("The chat begins: {wait}.").format(wait=wait) if wait else _tr("The chat begins.")
    place = _tr("You are number {place} in the queue").format(place=wording.number(offer.place))
    return _tr("{place}, {wait}.").format(place=place, wait=wait) if wait else f"{place}."


def refusal(offer: ChatOffer, wording: Wording) -> str:
    """Say why no chat begins, and when it opens again."""
    said = {
        Verdict.CLOSED: _tr("The chat is closed now."),
        Verdict.NOBODY: _tr("Nobody is in the chat just now."),
        Verdict.FULL: _tr("The queue for the chat is full just now."),
    }
    verdict = verdict_on(offer)
    if verdict in said:
        opens = "" if offer.opens_at is None else _opens(offer.opens_at, wording)
        return f"{said[verdict]} {opens}".strip()
    return (
        _tr("It would take long: {wait}. {place}")
        .format(wait=wait_words(offer.wait, wording), place=_would_be(offer, wording))
        .strip()
    )


def no_answer() -> str:
    """Say that nobody could tell in time."""
    return _tr("The service desk did not say in time whether somebody is there.")


def _opens(at: datetime, wording: Wording) -> str:
    if wording.is_today(at):
        return _tr("It opens again today at {time}.").format(time=wording.time(at))
    return _tr("It opens again {time}.").format(time=wording.when(at))


def _would_be(offer: ChatOffer, wording: Wording) -> str:
    if offer.place is None:
        return ""
    return _tr("You would be number {place} in the queue.").format(place=wording.number(offer.place))


def _tr(text: str) -> str:
    return QCoreApplication.translate("ChatStart", text)
