"""Learns the secrets of a profile from its keyring, only to blank them in what a person gives to IT."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from tracker.core.proxy_signing import ProxySecret
from tracker.core.secret_keeping import CHAT, KEYRING_LIMIT, NAME, DeskSecret
from tracker.host.redaction import Redactor
from tracker.host.secrets import Secrets
from tracker.model.errors import TrackerError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.host.paths import ProfilePaths


async def redactor_for(paths: ProfilePaths, environment: Mapping[str, str] | None = None) -> Redactor:
    """Give a redactor that hides what the keyring, or TRACKER_PASSWORD, holds for this profile.

    A keyring that is locked or absent gives nothing: then what looks like a secret is blanked all the same.
    """
    redactor = Redactor()
    secrets = Secrets(paths.key, paths.keyring_backend, environment=environment, give_up_after=KEYRING_LIMIT)
    try:
        for name in (NAME, CHAT):
            with suppress(TrackerError):
                await DeskSecret(secrets, redactor, name)()
        with suppress(TrackerError):
            await ProxySecret(secrets, redactor, lambda _proxy: None).hide()
    finally:
        await secrets.aclose()
    return redactor
