"""The number that IT can be called at, in words, where IT has set one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from tracker.host.policy.policy import Policy


def phone_line(policy: Policy) -> str:
    """Give the number with who answers and when, "" where there is none: "+49 89 1234 (IT, Mon-Fri 7-18)"."""
    if not policy.given:
        return ""
    from tracker.host.policy import keys

    phone = policy.value(keys.CHANNEL_PHONE)
    beside = ", ".join(part for part in (phone.name, phone.hours) if part)
    return f"{phone.number} ({beside})" if phone.number and beside else phone.number


def phone_sentence(policy: Policy) -> str:
    """Say that IT can be called, "" where no number is known."""
    line = phone_line(policy)
    words = QCoreApplication.translate("Phone", "You can call IT: {number}.")
    return words.format(number=line) if line else ""


def no_requests(policy: Policy) -> str:
    """Say that IT takes new requests elsewhere, and how it can be called."""
    words = QCoreApplication.translate("Phone", "IT does not take new requests in this program.")
    return f"{words} {phone_sentence(policy)}".strip()
