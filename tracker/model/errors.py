"""What can go wrong, sorted by what to do next; `str(error)` is fit to show a person."""


class TrackerError(Exception):
    """Anything we raise on purpose; its text is a plain sentence."""


class StoreError(TrackerError):
    """The profile's own file cannot be read or written."""


class DeskError(TrackerError):
    """The service desk did not do what was asked."""


class DeskUnavailable(DeskError):
    """The desk cannot be reached or is busy: try again later, after `after` seconds if it said so."""

    def __init__(self, message: str, after: float | None = None) -> None:
        super().__init__(message)
        self.after = after


class SignInRequired(DeskError):
    """The desk does not know us any more: stop and ask the person to sign in."""


class CommandRejected(DeskError):
    """The desk understood and refused: show the reason, never repeat by itself."""


class UnexpectedAnswer(DeskError):
    """The desk said something we cannot read: report it and go on."""
