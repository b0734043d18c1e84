"""How the connection is, in few words, each with its colour."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QLocale

from tracker.app.connection import connection_words
from tracker.model.health import Condition, Health
from tracker.ui.theme.tokens import Tone
from tracker.ui.wording import Wording

AT = datetime(2026, 1, 2, 12, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("health", "words", "tone"),
    [
        (Health(Condition.OK, AT, push=True), "Up to date · live", Tone.OK),
        (Health(Condition.OK, AT), "Up to date · as of 13:05", Tone.OK),
        (Health(Condition.SYNCING), "Checking…", Tone.NEUTRAL),
        (Health(Condition.OFFLINE, AT), "Offline · as of 13:05", Tone.WARN),
        (Health(Condition.SIGN_IN_NEEDED), "Sign in needed", Tone.LATE),
        (Health(Condition.BROKEN, AT), "Not up to date · as of 13:05", Tone.LATE),
    ],
)
def test_it_says_how_it_is_and_as_of_when(health: Health, words: str, tone: Tone) -> None:
    wording = Wording(QLocale(QLocale.Language.German), ZoneInfo("Europe/Berlin"), lambda: AT)
    assert connection_words(health, wording) == (words, tone)
