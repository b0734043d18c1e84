"""A window's memory that keeps what it was told."""

from dataclasses import dataclass, field

from tracker.host.window_state import WindowState


@dataclass
class Remembering:
    """Fakes WindowMemory."""

    where: WindowState | None = None
    explained: bool = False
    kept: list[WindowState] = field(default_factory=list)

    def place(self) -> WindowState | None:
        return self.where

    def keep_place(self, place: WindowState) -> None:
        self.kept.append(place)

    def closing_explained(self) -> bool:
        return self.explained

    def keep_closing_explained(self) -> None:
        self.explained = True
