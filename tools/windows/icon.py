"""The program's drawing as a Windows icon, in every size that Explorer and the taskbar ask for."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgRenderer

from tools.environment import ROOT

if TYPE_CHECKING:
    from pathlib import Path

DRAWING = ROOT / "resources" / "icons" / "app.svg"
SIZES = (16, 20, 24, 32, 40, 48, 64, 256)
_HEADER = struct.Struct("<HHH")  # https://learn.microsoft.com/previous-versions/ms997538(v=msdn.10)
_ENTRY = struct.Struct("<BBBBHHII")
_ONE_IMAGE = _HEADER.size + _ENTRY.size


def write_icon(path: Path, drawing: Path = DRAWING) -> None:
    """Draw it in all sizes into one .ico file."""
    images = [_drawn(drawing, size) for size in SIZES]
    place = _HEADER.size + _ENTRY.size * len(images)
    entries, pixels = [], []
    for size, image in zip(SIZES, images, strict=True):
        side = size % 256  # 256 is written as 0
        entries.append(_ENTRY.pack(side, side, 0, 0, 1, 32, len(image), place))
        pixels.append(image)
        place += len(image)
    path.write_bytes(_HEADER.pack(0, 1, len(images)) + b"".join((*entries, *pixels)))


def _drawn(drawing: Path, size: int) -> bytes:
    """Give one size as it stands inside an icon: Qt writes icons of one image, whose header is left off."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(drawing)).render(painter)
    painter.end()
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if size >= 256:
        QImageWriter(buffer, QByteArray(b"png")).write(image)
        return bytes(held.data())
    QImageWriter(buffer, QByteArray(b"ico")).write(image)
    return bytes(held.data())[_ONE_IMAGE:]
