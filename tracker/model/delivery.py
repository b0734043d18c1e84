"""How far a command has got on its way to the desk."""

from enum import StrEnum


class Delivery(StrEnum):
    """Where a command stands. `UNSURE`: it may have arrived, so look before sending again."""

    QUEUED = "queued"
    UNSURE = "unsure"
    DELIVERED = "delivered"
    REJECTED = "rejected"
