"""The registry is watched above our own key, which need not be there yet."""

from tracker.app.registry_watch import ABOVE
from tracker.host.policy.registry import PLACE


def test_what_is_watched_lies_right_above_our_own_key() -> None:
    assert rf"{ABOVE}\Tracker" == PLACE
