"""How somebody wants to be told, kept for their programs: the newest change wins."""

from datetime import UTC, datetime

import msgspec

from tracker.frontdesk import limits
from tracker.frontdesk.answers import Preferences
from tracker.frontdesk.desk import Desk
from tracker.frontdesk.reading import Viewer
from tracker.frontdesk.refusals import Refused
from tracker.frontdesk.requests import KeepPreferences
from tracker.frontdesk.storage import preferences

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode


def preferences_of(desk: Desk, viewer: Viewer) -> Preferences:
    """Give what the viewer's program left here."""
    with desk.reading() as connection:
        return _shown(preferences.find_preferences(connection, viewer.user.id))


def keep(desk: Desk, viewer: Viewer, body: KeepPreferences) -> Preferences:
    """Keep them and give what is kept now, which is something newer where another program was quicker.

    A change from the future was made now, by a clock that is wrong. Raises `Refused`: too large.
    """
    doc = _encode(body.preferences)
    if len(doc) > limits.PREFERENCES_BYTES:
        raise Refused("invalid", f"The desk keeps at most {limits.PREFERENCES_BYTES:,} bytes of preferences.")
    changed = min(body.changed_at, desk.clock()).timestamp()
    with desk.writing() as connection:
        preferences.keep_preferences(connection, viewer.user.id, doc, changed=changed)
        return _shown(preferences.find_preferences(connection, viewer.user.id))


def _shown(found: tuple[bytes, float] | None) -> Preferences:
    if found is None:
        return Preferences(preferences=None, changed_at=None)
    doc, changed = found
    return Preferences(preferences=_decode(doc), changed_at=datetime.fromtimestamp(changed, UTC))
