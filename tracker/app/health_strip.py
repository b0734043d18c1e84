"""What the strip above the pages says of the connection, and the sign-in page where nobody is signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.app.connection import health_message
from tracker.app.moving import Moving
from tracker.app.phone import phone_sentence
from tracker.app.remedies import remedy_for
from tracker.app.settings_door import SETTINGS
from tracker.model.health import Condition

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.app.parts import Parts
    from tracker.app.signing import Signing
    from tracker.app.telling import Telling
    from tracker.model.health import Health
    from tracker.ui.main_window import MainWindow


class HealthStrip:
    """Says one thing at a time: that IT has moved the desk, else how the connection is."""

    def __init__(
        self,
        parts: Parts,
        window: MainWindow,
        signing: Signing,
        telling: Telling,
        *,
        look: Callable[[], None],
    ) -> None:
        """`look` opens the page that says whether everything is all right."""
        self._parts, self._window = parts, window
        self._signing, self._telling, self._look = signing, telling, look
        self._moving = Moving(parts, window, signing)

    def say(self, health: Health) -> None:
        """Say how it stands now."""
        parts = self._parts
        if health.condition is Condition.SIGN_IN_NEEDED and parts.settings.desk is None:
            self._signing.ask(parts.settings)
            self._telling.say_health(None)
            return
        connection = health_message(
            health,
            check=parts.actions.check_now,
            sign_in=lambda: self._signing.ask(parts.settings),
            look=self._look,
            remedy=remedy_for(health, parts.settings.desk, lambda: self._window.show_page(SETTINGS)),
            phone=phone_sentence(parts.policy),
        )
        self._telling.say_health(self._moving.message() or connection)
