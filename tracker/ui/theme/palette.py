"""The complete palette Qt draws with, made from the tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QPalette

if TYPE_CHECKING:
    from tracker.ui.theme.tokens import Tokens

_Role = QPalette.ColorRole


def palette(tokens: Tokens) -> QPalette:
    """Return a palette with every role set, so that no colour of the system's own shines through."""
    colours = {
        _Role.Window: tokens.bg,
        _Role.WindowText: tokens.text,
        _Role.Base: tokens.surface,
        _Role.AlternateBase: tokens.bg,
        _Role.Text: tokens.text,
        _Role.BrightText: tokens.on_accent,
        _Role.PlaceholderText: tokens.muted,
        _Role.Button: tokens.surface,
        _Role.ButtonText: tokens.text,
        _Role.ToolTipBase: tokens.raised,
        _Role.ToolTipText: tokens.text,
        _Role.Highlight: tokens.accent.strong,
        _Role.HighlightedText: tokens.on_accent,
        _Role.Accent: tokens.accent.strong,
        _Role.Link: tokens.accent.strong,
        _Role.LinkVisited: tokens.wait.strong,
        _Role.Light: tokens.surface,
        _Role.Midlight: tokens.surface,
        _Role.Mid: tokens.line,
        _Role.Dark: tokens.border,
        _Role.Shadow: tokens.border,
    }
    made = QPalette()
    for role, colour in colours.items():
        made.setColor(QPalette.ColorGroup.All, role, QColor(colour))
    for role in (_Role.WindowText, _Role.Text, _Role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.faint))
    made.setColor(QPalette.ColorGroup.Disabled, _Role.Highlight, QColor(tokens.line))
    return made
