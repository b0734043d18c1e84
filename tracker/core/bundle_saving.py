"""Saves a report for IT as one zip file for this person alone, and never over a file that is there."""

from __future__ import annotations

import io
import os
import zipfile
from contextlib import suppress
from typing import TYPE_CHECKING

from tracker.host.disk import plain_disk_errors, require_space
from tracker.host.errors import FileRefused

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tracker.core.bundle import BundleFile

_DOING = "saving the report"


def save_bundle(files: Iterable[BundleFile], to: Path) -> Path:
    """Write the report and give its full path.

    Raises FileRefused where there is a file of that name, DiskTrouble when the disk refuses: then nothing
    half-written is left.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.writestr(file.name, file.text.encode("utf-8", "replace"))
    data = packed.getvalue()
    path = to.expanduser().absolute()
    require_space(path.parent, len(data), doing=_DOING)
    with plain_disk_errors(_DOING, path):
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError as error:
            raise FileRefused(f"There is already something called {path}. Choose another name.") from error
        try:
            with os.fdopen(descriptor, "wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
        except BaseException:
            with suppress(OSError):
                path.unlink()
            raise
    return path
