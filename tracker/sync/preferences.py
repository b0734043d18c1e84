"""How the person wants to be told, in step with the copy at the desk: the one changed later counts."""

import logging
from collections.abc import Callable

from tracker.desks.base import Capability, Desk
from tracker.model.telling import NotifySettings

_log = logging.getLogger(__name__)


class Preferences:
    """Used on the sync thread. `here` gives this computer's copy, `adopt` puts another in its place.

    Which copy is later is seen from the copies themselves, so that nothing is forgotten over a restart and
    nothing goes back and forth. Settings that nobody has ever changed are nobody's wish.
    """

    def __init__(self, here: Callable[[], NotifySettings], adopt: Callable[[NotifySettings], None]) -> None:
        self._here = here
        self._adopt = adopt

    async def agree(self, desk: Desk) -> None:
        """Take the desk's copy, or leave ours there. Raises what the desk or the disk raises."""
        if Capability.PREFERENCES not in desk.capabilities:
            return
        there = await desk.preferences()
        here = self._here()  # after the answer: the person may have changed something meanwhile
        if there is not None and _is_later(there, here):
            _log.info("Taking over how the person wants to be told from the desk")
            self._adopt(there)
        elif _is_later(here, there):
            await desk.keep_preferences(here)


def _is_later(one: NotifySettings, other: NotifySettings | None) -> bool:
    if one.changed_at is None:
        return False
    return other is None or other.changed_at is None or one.changed_at > other.changed_at
