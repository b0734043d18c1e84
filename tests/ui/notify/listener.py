"""Hears what a way reports, in order."""

from tracker.ui.notify.ways import Closed


class Listener:
    """Keeps every report as a tuple: what happened, the key, and a detail where there is one."""

    def __init__(self) -> None:
        self.reports: list[tuple[str, ...]] = []

    def shown(self, key: str) -> None:
        self.reports.append(("shown", key))

    def clicked(self, key: str) -> None:
        self.reports.append(("clicked", key))

    def pressed(self, key: str, button: str) -> None:
        self.reports.append(("pressed", key, button))

    def replied(self, key: str, text: str) -> None:
        self.reports.append(("replied", key, text))

    def closed(self, key: str, reason: Closed) -> None:
        self.reports.append(("closed", key, reason.value))

    def failed(self, key: str, why: str) -> None:
        self.reports.append(("failed", key))
