"""The colours, spaces and radii everything is drawn with, and the contrast between two colours."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """What a coloured thing says; a mark or a word always says it too."""

    NEUTRAL = "neutral"
    ACCENT = "accent"
    OK = "ok"
    WARN = "warn"
    LATE = "late"
    WAIT = "wait"


_TONES = frozenset(Tone)


@dataclass(frozen=True, slots=True)
class Pair:
    """A strong colour and the soft one it stands on, both as #RRGGBB."""

    strong: str
    soft: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """All colours of one look, as #RRGGBB.

    `faint` is only for what nobody needs in order to act. `on_accent` is text on a filled accent.
    `border` outlines what can be typed into or pressed; it equals `line` except in high contrast.
    """

    name: str
    dark: bool
    high_contrast: bool
    bg: str
    surface: str
    raised: str
    line: str
    border: str
    text: str
    muted: str
    faint: str
    on_accent: str
    accent: Pair
    ok: Pair
    warn: Pair
    late: Pair
    wait: Pair
    shadow: float
    """How strong the soft shadow under cards is, 0 (none) to 1."""

    def tone(self, tone: Tone) -> Pair:
        """Return the strong and soft colour of a tone."""
        pairs = {
            Tone.ACCENT: self.accent,
            Tone.OK: self.ok,
            Tone.WARN: self.warn,
            Tone.LATE: self.late,
            Tone.WAIT: self.wait,
        }
        return pairs.get(tone, Pair(self.muted, self.bg))

    def ink(self, name: str) -> str:
        """Return the colour called `name`: a field such as "muted", or a tone's strong colour."""
        if name in _TONES:
            return self.tone(Tone(name)).strong
        colour = getattr(self, name)
        if not isinstance(colour, str):
            raise KeyError(name)
        return colour


LIGHT = Tokens(
    name="light",
    dark=False,
    high_contrast=False,
    bg="#F6F7F9",
    surface="#FFFFFF",
    raised="#FFFFFF",
    line="#E3E6EB",
    border="#E3E6EB",
    text="#1A1F2B",
    muted="#5B6472",
    faint="#8A93A2",
    on_accent="#FFFFFF",
    accent=Pair("#2458E6", "#E8EEFD"),
    ok=Pair("#137A4B", "#E2F4EA"),
    warn=Pair("#9A5B00", "#FDF1DC"),
    late=Pair("#B3261E", "#FBE7E5"),
    wait=Pair("#6B4FBB", "#EFEAFB"),
    shadow=0.5,
)

DARK = Tokens(
    name="dark",
    dark=True,
    high_contrast=False,
    bg="#14171C",
    surface="#1B1F26",
    raised="#232832",
    line="#303744",
    border="#303744",
    text="#ECEFF4",
    muted="#A7B0BF",
    faint="#7C8696",
    on_accent="#14171C",
    accent=Pair("#7EA2FF", "#22305A"),
    ok=Pair("#5ED39A", "#16382A"),
    warn=Pair("#F0B65A", "#3B2D14"),
    late=Pair("#FF8A80", "#43201D"),
    wait=Pair("#B9A4FF", "#2E2650"),
    shadow=0.9,
)

CONTRAST_LIGHT = Tokens(
    name="contrast-light",
    dark=False,
    high_contrast=True,
    bg="#FFFFFF",
    surface="#FFFFFF",
    raised="#FFFFFF",
    line="#595959",
    border="#000000",
    text="#000000",
    muted="#1F2430",
    faint="#3D4452",
    on_accent="#FFFFFF",
    accent=Pair("#0A2F9E", "#FFFFFF"),
    ok=Pair("#0B4D2F", "#FFFFFF"),
    warn=Pair("#633A00", "#FFFFFF"),
    late=Pair("#8A120C", "#FFFFFF"),
    wait=Pair("#43298F", "#FFFFFF"),
    shadow=0.0,
)

CONTRAST_DARK = Tokens(
    name="contrast-dark",
    dark=True,
    high_contrast=True,
    bg="#000000",
    surface="#000000",
    raised="#000000",
    line="#A6A6A6",
    border="#FFFFFF",
    text="#FFFFFF",
    muted="#E6E9EF",
    faint="#C9CFDA",
    on_accent="#000000",
    accent=Pair("#A9C1FF", "#000000"),
    ok=Pair("#7FE8B4", "#000000"),
    warn=Pair("#FFCE7A", "#000000"),
    late=Pair("#FFADA6", "#000000"),
    wait=Pair("#D0C2FF", "#000000"),
    shadow=0.0,
)

ALL_TOKENS = (LIGHT, DARK, CONTRAST_LIGHT, CONTRAST_DARK)


class Space:
    """Distances in pixels at 100 %: steps of four."""

    HAIR = 2
    XS = 4
    S = 8
    M = 12
    CARD = 16
    L = 20
    PAGE = 28
    BETWEEN_CARDS = 12


class Radius:
    """Corner radii in pixels; `CHIP` is half the height, so full."""

    CARD = 12
    CONTROL = 8


class Size:
    """Heights and widths in pixels at 100 % that controls keep at least."""

    TARGET = 32
    BUTTON = 36
    FIELD = 40
    CHIP = 26
    ICON = 18
    SMALL_ICON = 16
    NAVIGATION = 208
    STAGE_NODE = 26
    STAGE_TRACK = 3
