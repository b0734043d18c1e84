"""Where a profile's data, settings, downloads and logs live."""

import errno
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tracker.host.disk import plain_disk_errors
from tracker.host.errors import DiskTrouble

PROFILE_VARIABLE = "TRACKER_PROFILE"

# Not "tracker": GNOME's file indexer of that name keeps its own things there.
FOLDER_NAME = "it-tracker"


@dataclass(frozen=True, slots=True)
class ProfilePaths:
    """Every place of one profile."""

    data: Path
    config: Path
    cache: Path
    logs: Path

    @property
    def key(self) -> str:
        """Name the profile in the keyring and in socket names, without its path."""
        from hashlib import sha256  # brings all of OpenSSL, which the first paint need not wait for

        return sha256(os.fsencode(os.path.realpath(self.data))).hexdigest()[:16]

    @property
    def settings(self) -> Path:
        """What the person chose: one JSON file."""
        return self.config / "settings.json"

    @property
    def window_state(self) -> Path:
        """Where windows stood; losing it harms nobody."""
        return self.config / "window.json"

    @property
    def keyring_backend(self) -> Path:
        """Which keyring the first sign-in used (a name, no secret)."""
        return self.config / "keyring-backend"

    @property
    def store(self) -> Path:
        """The SQLite file."""
        return self.data / "tracker.db"

    @property
    def outgoing(self) -> Path:
        """Copies of files that wait to be sent."""
        return self.data / "outgoing"

    @property
    def received(self) -> Path:
        """Files opened from a request; may be emptied at any time."""
        return self.cache / "received"

    @property
    def lock(self) -> Path:
        """The file whose lock makes one program the writer."""
        return self.data / "lock"

    @property
    def folders(self) -> tuple[Path, ...]:
        """Every folder that must exist, parents first."""
        return (self.data, self.config, self.cache, self.logs, self.outgoing, self.received)


def profile_paths(chosen: Path | None, environment: Mapping[str, str]) -> ProfilePaths:
    """Give the places of the chosen profile folder, of TRACKER_PROFILE's, or the system's usual ones.

    A chosen folder holds all of one's state. Nothing is created yet.
    """
    named = environment.get(PROFILE_VARIABLE, "")
    folder = chosen or (Path(named) if named else None)
    if folder is not None:
        place = Path(os.path.abspath(folder.expanduser()))
        return ProfilePaths(place, place, place / "cache", place / "logs")
    from platformdirs import PlatformDirs

    usual = PlatformDirs(FOLDER_NAME, appauthor=False, roaming=False)
    return ProfilePaths(
        usual.user_data_path, usual.user_config_path, usual.user_cache_path, usual.user_log_path
    )


def prepare_folders(paths: ProfilePaths) -> None:
    """Create what is missing, readable by this person alone.

    Raises DiskTrouble when a folder cannot be made or written to.
    """
    for folder in paths.folders:
        with plain_disk_errors("preparing the profile", folder):
            if folder.exists() and not folder.is_dir():
                raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise DiskTrouble(
                f"Tracker cannot write to its own folder {folder}. "
                "Make it writable, or choose another one with --profile."
            )
    _close_to_others(paths)


def _close_to_others(paths: ProfilePaths) -> None:
    """Take away other people's rights from a profile folder that was made before we came.

    A folder that holds other things (somebody chose their home) keeps its rights.
    """
    if os.name == "nt":
        return
    folder = paths.data
    status = folder.stat()
    known = {path.name for path in (*paths.folders, paths.settings, paths.store, paths.lock)}
    ours = status.st_uid == os.getuid() and {entry.name for entry in folder.iterdir()} <= known
    if ours and status.st_mode & 0o077:
        with plain_disk_errors("closing the profile to others", folder):
            folder.chmod(0o700)
