"""The style sheet: one template beside this file, filled in with the tokens and the type scale."""

from __future__ import annotations

from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from tracker.ui.theme.typography import TextStyle, Typography

if TYPE_CHECKING:
    from tracker.ui.theme.tokens import Tokens

_TEMPLATE = Path(__file__).with_name("style.qss")


def style_sheet(tokens: Tokens, type_scale: Typography, icons: Path) -> str:
    """Return the whole style sheet of one look; `icons` is the folder of the drawings it names."""
    return Template(_TEMPLATE.read_text(encoding="utf-8")).substitute(
        _colours(tokens) | _sizes(type_scale) | {"name": tokens.name, "icons": icons.as_posix()}
    )


def mix(one: str, other: str, share: float) -> str:
    """Return #RRGGBB that is `share` (0 to 1) of the second colour over the first."""
    pairs = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


def _colours(tokens: Tokens) -> dict[str, str]:
    plain = ("bg", "surface", "raised", "line", "border", "text", "muted", "faint", "on_accent")
    named = {name: tokens.ink(name) for name in plain}
    for name in ("accent", "ok", "warn", "late", "wait"):
        named[name] = tokens.ink(name)
        named[f"{name}_soft"] = getattr(tokens, name).soft
    return named | {
        "hover": mix(tokens.surface, tokens.text, 0.03),
        "pressed": mix(tokens.surface, tokens.text, 0.08),
        "edge_hover": mix(tokens.border, tokens.text, 0.25),
        "accent_hover": mix(tokens.accent.strong, tokens.text, 0.14),
        "accent_pressed": mix(tokens.accent.strong, tokens.text, 0.28),
        # In high contrast the soft colours are the ground itself, so what is chosen is filled instead.
        "chosen": tokens.accent.strong if tokens.high_contrast else tokens.accent.soft,
        "chosen_ink": tokens.on_accent if tokens.high_contrast else tokens.accent.strong,
        "handle": mix(tokens.line, tokens.faint, 0.4),
    }


def _sizes(type_scale: Typography) -> dict[str, str]:
    sizes = {style.value.replace("-", "_"): f"{type_scale.points(style):g}" for style in TextStyle}
    # A radius must not be larger than half the height: Qt would draw an ellipse.
    chip = type_scale.scaled(24)
    heights = {"button_height": str(type_scale.scaled(34)), "field_height": str(type_scale.scaled(38))}
    return sizes | heights | {"chip_height": str(chip), "chip_radius": str(chip // 2 + 1)}
