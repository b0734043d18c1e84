"""The shapes of visits, calls, ways out and promises counted, as parts of the `--json` answers."""

from datetime import datetime
from typing import Annotated

import msgspec

Moment = Annotated[datetime, msgspec.Meta(tz=True)]
"""ISO 8601, always with an offset."""


class VisitReport(msgspec.Struct):
    """The technician's visit."""

    id: str
    state: str
    starts: Moment
    ends: Moment | None
    place: str
    agent: str
    eta_earliest: Moment | None
    eta_latest: Moment | None
    zone: str
    directions: str
    prepare: tuple[str, ...]
    confirmed: bool


class WindowReport(msgspec.Struct):
    """From when to when."""

    starts: Moment
    ends: Moment


class CallReport(msgspec.Struct):
    """The latest call-back; `starts` and `ends` are the window the desk took."""

    id: str
    state: str
    asked_at: Moment
    phone: str
    windows: tuple[WindowReport, ...]
    starts: Moment | None
    ends: Moment | None
    agent: str
    tries: int


class OptionReport(msgspec.Struct):
    """A way out that the desk offers; `tracker choose REF ID` takes it."""

    id: str
    kind: str
    label: str
    text: str


class LedgerReport(msgspec.Struct):
    """How promises went."""

    made: int
    moved: int
    kept: int
    missed: int


class SlotReport(msgspec.Struct):
    """A time offered for a visit; `tracker visit REF move --slot ID` takes it."""

    id: str
    starts: Moment
    ends: Moment
    agent: str


class SlotsReport(msgspec.Struct):
    """`tracker visit REF slots --json`."""

    schema: int
    slots: tuple[SlotReport, ...]
