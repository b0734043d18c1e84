"""Who is asked into a chat, and which rooms are taken for ours: a site's settings."""

import re
from dataclasses import dataclass

from tracker.desks.base import DeskConfig
from tracker.model.errors import UnexpectedAnswer

USER_ID = re.compile(r"@[^\s:\x00]{1,200}:[A-Za-z0-9.\-:\[\]]{1,230}")
_ROOM = re.compile(r"[!#][^\s\x00]{1,254}")


@dataclass(frozen=True, slots=True)
class Policy:
    """`invite` are asked into each room; members of `agents_room` may come in by themselves.

    `desk` names the ticket desk: rooms made for another one are left alone. `history`: so many events of a
    room are read at first.
    """

    desk: str = ""
    invite: tuple[str, ...] = ()
    agents_room: str = ""
    history: int = 12_000


def read_policy(config: DeskConfig) -> Policy:
    """Read the options `invite`, `agents_room` and `desk`. Raises UnexpectedAnswer for what is none."""
    options = dict(config.options)
    invite = tuple(part for part in re.split(r"[\s,;]+", options.get("invite", "")) if part)
    for user in invite:
        if not USER_ID.fullmatch(user):
            raise UnexpectedAnswer(
                f"The setting “invite” names “{user[:100]}”, which is no Matrix user. "
                "Write it as @name:server, or ask IT."
            )
    room = options.get("agents_room", "").strip()
    if room and not _ROOM.fullmatch(room):
        raise UnexpectedAnswer(f"The setting “agents_room” names “{room[:100]}”, which is no room. Ask IT.")
    return Policy(options.get("desk", ""), invite, room)
