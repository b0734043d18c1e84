"""A way that does what a test says, for the order in which ways are tried."""

from tracker.ui.notify.ways import Capabilities, Reports, Toast


class FakeWay:
    """Remembers what it was told; reports only what the test makes it report, unless it `works`."""

    def __init__(
        self, name: str, *, available: bool = True, works: bool | None = True, certain: bool = True
    ) -> None:
        self.name = name
        self.available = available
        self.works = works
        self.capabilities = Capabilities(
            replace=True, buttons=True, click=True, withdraw=True, certain=certain
        )
        self.toasts: list[Toast] = []
        self.withdrawn: list[str] = []
        self.stopped = False
        self._reports: Reports | None = None

    @property
    def reports(self) -> Reports:
        assert self._reports is not None
        return self._reports

    def start(self, reports: Reports) -> None:
        self._reports = reports

    def show(self, toast: Toast) -> None:
        self.toasts.append(toast)
        if self.works:
            self.reports.shown(toast.key)
        elif self.works is False:
            self.reports.failed(toast.key, "because the test says so")

    def withdraw(self, key: str) -> None:
        self.withdrawn.append(key)

    def stop(self) -> None:
        self.stopped = True
