"""How the connection is, ordered by urgency: the worst is what the tray shows."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum


class Condition(IntEnum):
    """Ordered: a larger value needs a person sooner."""

    OK = 0
    SYNCING = 1
    OFFLINE = 2
    SIGN_IN_NEEDED = 3
    BROKEN = 4


class Remedy(StrEnum):
    """What a person can do about a desk that is out of reach."""

    NONE = ""
    BROWSER = "browser"  # sign in to the network, in the browser
    PROXY = "proxy"  # say who one is at the proxy


@dataclass(frozen=True, slots=True)
class Health:
    """The condition, since when the figures are right (`as_of`), and a sentence when there is one.

    `push` is true while the desk tells us by itself. `proxy` (`host:port`) wants to
    know who the person is. `notes` are lasting remarks a person should know
    ("Your password is kept for this session only.").
    """

    condition: Condition = Condition.SYNCING
    as_of: datetime | None = None
    sentence: str = ""
    remedy: Remedy = Remedy.NONE
    proxy: str = ""
    push: bool = False
    notes: tuple[str, ...] = ()
