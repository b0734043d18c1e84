"""What can go wrong, sorted by what to do next; `str(error)` is fit to show a person."""

from tracker.model.health import Remedy


class TrackerError(Exception):
    """Anything we raise on purpose; its text is a plain sentence."""


class StoreError(TrackerError):
    """The profile's own file cannot be read or written."""


class DeskError(TrackerError):
    """The service desk did not do what was asked."""


class DeskUnavailable(DeskError):
    """The desk cannot be reached or is busy: try again later, after `after` seconds if it said so.

    `remedy` is what a person can do about it.
    """

    remedy = Remedy.NONE

    def __init__(self, message: str, after: float | None = None) -> None:
        super().__init__(message)
        self.after = after


class ProxySignInRequired(DeskUnavailable):
    """The proxy (`host:port`) on the way to the desk wants a name and a password, or others than it got.

    `said` is that alone, for a page that asks for them itself; the whole sentence says where one is asked.
    """

    remedy = Remedy.PROXY

    def __init__(self, said: str, where: str, proxy: str) -> None:
        super().__init__(f"{said} {where}")
        self.said = said
        self.proxy = proxy


class SignInRequired(DeskError):
    """The desk does not know us any more: stop and ask the person to sign in."""


class CommandRejected(DeskError):
    """The desk understood and refused: show the reason, never repeat by itself."""


class UnexpectedAnswer(DeskError):
    """The desk said something we cannot read: report it and go on."""


class NetworkSignInRequired(DeskUnavailable, UnexpectedAnswer):
    """Somebody else answers for the desk: a network that wants a sign-in in the browser first, as in hotels.

    Or the address is a wrong one; the text says both.
    """

    remedy = Remedy.BROWSER
