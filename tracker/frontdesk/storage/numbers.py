"""Ticket numbers: how people see them, and how the desk's file counts them."""

from tracker.frontdesk.refusals import not_found

PREFIX = "REQ-"


def number_of(no: int) -> str:
    """Write a ticket's number as people see it."""
    return f"{PREFIX}{no}"


def parse_number(number: str) -> int:
    """Read a ticket's number; raises `Refused` (not found) for anything else."""
    digits = number.removeprefix(PREFIX)
    if not number.startswith(PREFIX) or not (digits.isascii() and digits.isdecimal()) or len(digits) > 15:
        raise not_found("That request")
    return int(digits)
