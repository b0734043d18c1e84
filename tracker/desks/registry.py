"""Kind of desk to connector: those that come along, and those that other packages bring."""

import importlib
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from tracker.desks.base import Desk, DeskConfig, SecretSource
from tracker.model.errors import DeskError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

log = logging.getLogger(__name__)

OpenDesk = Callable[[DeskConfig, SecretSource], Desk]
"""Makes a connector without asking the desk anything; raises `DeskError` when the configuration is wrong."""

GROUP = "tracker.desks"
"""The entry point group in which a package offers its connector: the kind, and an `OpenDesk`."""

# Imported when first used: a person with one desk does not wait for the code of the others.
_OURS = {
    "frontdesk": "tracker.desks.frontdesk.desk",
    "rt": "tracker.desks.rt.desk",
    "matrix": "tracker.desks.matrix.desk",
}


def kinds() -> tuple[str, ...]:
    """List the kinds of desk that can be opened, our own first."""
    return (*_OURS, *sorted({point.name for point in _theirs()} - set(_OURS)))


def open_desk(config: DeskConfig, secret: SecretSource) -> Desk:
    """Make the connector for a desk; nothing is asked yet. Raises `DeskError` with a plain sentence."""
    return _factory(config.kind)(config, secret)


def _factory(kind: str) -> OpenDesk:
    if kind in _OURS:
        return cast("OpenDesk", importlib.import_module(_OURS[kind]).open_desk)
    for point in _theirs():
        if point.name == kind:
            return _load(point)
    raise DeskError(f"This program has no connector of the kind “{kind[:50]}”. Choose another kind of desk.")


def _load(point: "EntryPoint") -> OpenDesk:
    try:
        return cast("OpenDesk", point.load())
    except Exception as error:  # somebody else's code: whatever it does, this program goes on
        log.exception("connector %s cannot be loaded", point.name)
        raise DeskError(
            f"The connector for “{point.name}” does not work with this program. Tell whoever installed it."
        ) from error


def _theirs() -> "tuple[EntryPoint, ...]":
    from importlib.metadata import entry_points

    return tuple(entry_points(group=GROUP))
