"""Whether a company's colour can be read where the program uses it, and what it looks like in the dark."""

from __future__ import annotations

LIGHT_GROUND, DARK_GROUND = "#FFFFFF", "#1B1F26"
"""What cards are made of in the light and in the dark look (`tracker.ui.theme.tokens`)."""

_READABLE = 4.5
"""WCAG 2.2, success criterion 1.4.3."""
_SOFT_IN_LIGHT, _SOFT_IN_DARK = 0.1, 0.18
_STEPS = 20


def luminance(colour: str) -> float:
    """Return the relative luminance of #RRGGBB, 0 black to 1 white (WCAG 2.2, "relative luminance")."""
    channels = (part / 255 for part in _parts(colour))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two #RRGGBB colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mixed(colour: str, ground: str, share: float) -> str:
    """Return `ground` with this share of `colour` in it."""
    pairs = zip(_parts(colour), _parts(ground), strict=True)
    return "#" + "".join(f"{round(one * share + other * (1 - share)):02X}" for one, other in pairs)


def soft(colour: str, *, dark: bool) -> str:
    """Return the quiet ground on which words in this colour stand."""
    return mixed(colour, DARK_GROUND if dark else LIGHT_GROUND, _SOFT_IN_DARK if dark else _SOFT_IN_LIGHT)


def is_readable(colour: str, *, dark: bool) -> bool:
    """Tell whether words in this colour can be read on a card and on its own quiet ground."""
    ground = DARK_GROUND if dark else LIGHT_GROUND
    return min(contrast(colour, ground), contrast(colour, soft(colour, dark=dark))) >= _READABLE


def for_the_dark(colour: str) -> str:
    """Return the nearest lighter tint that can be read in the dark look; white can always be."""
    tints = (mixed("#FFFFFF", colour, step / _STEPS) for step in range(_STEPS + 1))
    return next(tint for tint in tints if is_readable(tint, dark=True))


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
