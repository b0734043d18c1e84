"""What the computer refused, in a sentence with what to do next."""

from tracker.model.errors import TrackerError


class HostError(TrackerError):
    """The computer did not give what we need; the text says what, and what a person can do."""


class DiskTrouble(HostError):
    """A disk is full, read-only or not ours to write to; what was there before is unchanged."""


class FileRefused(HostError):
    """This file cannot be taken: too large, not a file, or gone."""


class ProfileBusy(HostError):
    """Another program of ours holds this profile and does not answer, or may not be asked."""


class HolderUnreachable(ProfileBusy):
    """Another program of ours holds this profile with its door shut: it is starting or about to end."""


class HandoverBroken(HostError):
    """The running program ended in the middle of its answer: what was asked may have been done."""
