"""Names that are made on this computer."""

from typing import NewType

CommandId = NewType("CommandId", str)
"""A UUID made here; it is what makes sending twice harmless."""
