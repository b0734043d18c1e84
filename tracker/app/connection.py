"""How the connection is, in the few words at the bottom of the window and in the strip above the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from tracker.model.health import Condition
from tracker.ui.theme.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.app.announcer import Message
    from tracker.model.health import Health
    from tracker.ui.wording import Wording


def connection_words(health: Health, wording: Wording) -> tuple[str, Tone]:
    """Say the condition and as of when, with the tone of its dot."""
    say = QCoreApplication.translate
    as_of = ""
    if health.as_of is not None:
        as_of = " · " + say("Connection", "as of {time}").format(time=wording.time(health.as_of))
    if health.condition is Condition.OK:
        return say("Connection", "Up to date") + (
            " · " + say("Connection", "live") if health.push else as_of
        ), Tone.OK
    words = {
        Condition.SYNCING: say("Connection", "Checking…"),
        Condition.OFFLINE: say("Connection", "Offline"),
        Condition.SIGN_IN_NEEDED: say("Connection", "Sign in needed"),
        Condition.BROKEN: say("Connection", "Not up to date"),
    }
    tone = {Condition.SYNCING: Tone.NEUTRAL, Condition.OFFLINE: Tone.WARN}.get(health.condition, Tone.LATE)
    return words[health.condition] + as_of, tone


def health_message(
    health: Health,
    *,
    check: Callable[[], None],
    sign_in: Callable[[], None],
    look: Callable[[], None],
    remedy: tuple[str, Callable[[], None]] | None = None,
    phone: str = "",
) -> Message | None:
    """Say what the person should know of the connection, with the one thing to do; None when all is well.

    `remedy`: what the person can do about what stands in the way. `look`: is everything all right?
    `phone`: the sentence on how IT can be called meanwhile.
    """
    from tracker.app.announcer import Message  # not needed before there is something to announce

    say = QCoreApplication.translate
    if health.condition is Condition.SIGN_IN_NEEDED:
        ended = say("Shell", "Your sign-in has ended. What you see is as of the last check.")
        return Message(health.sentence or ended, Tone.WARN, (say("Shell", "Sign in again"), sign_in))
    if health.condition in (Condition.OFFLINE, Condition.BROKEN) and health.sentence:
        return Message(
            f"{health.sentence} {phone}".strip(),
            Tone.WARN,
            remedy or (say("Shell", "Try again"), check),
            (say("Shell", "Why?"), look),
        )
    notes = " ".join(health.notes)
    return Message(notes) if notes else None
