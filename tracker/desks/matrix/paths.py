"""Where things are in the client-server API, and how a name becomes part of a path."""

from urllib.parse import quote

from tracker.desks.matrix.account import CLIENT

V3 = f"{CLIENT}/v3"


def part(text: str) -> str:
    """Give a text as one part of a path; a dot alone would be read as "here"."""
    return quote(text, safe="").replace(".", "%2E") if set(text) <= {"."} else quote(text, safe="")


def room_path(room: str, *rest: str) -> str:
    """Give the path of something in a room."""
    return "/".join((f"{V3}/rooms", part(room), *map(part, rest)))
