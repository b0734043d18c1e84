"""Pictures of windows for people to look at: light or dark, at any scale. They are never compared."""

from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget


def picture(widget: QWidget, path: Path, *, ratio: float = 1.0) -> Path:
    """Paint a widget as on a screen with `ratio` device pixels to each pixel, and write it as a PNG."""
    size = widget.size() * ratio
    drawn = QPixmap(size)
    drawn.setDevicePixelRatio(ratio)
    widget.render(drawn, QPoint(0, 0))
    path.parent.mkdir(parents=True, exist_ok=True)
    assert drawn.save(str(path)), f"could not write {path}"
    return path
