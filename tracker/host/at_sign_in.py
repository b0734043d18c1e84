"""Whether the start at sign-in that a package has set for everybody is wanted by this person and by IT."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.host.errors import HostError
from tracker.host.paths import profile_paths

if TYPE_CHECKING:
    from collections.abc import Mapping


def wanted_at_sign_in(environment: Mapping[str, str]) -> bool:
    """Tell what the person chose and IT's policy says; settings that can't be read start nothing."""
    from tracker.host.policy.reading import read_policy
    from tracker.host.settings_file import SettingsFile

    file = SettingsFile(profile_paths(None, environment).settings, read_policy(environment))
    try:
        return file.load().autostart
    except HostError:
        return False
