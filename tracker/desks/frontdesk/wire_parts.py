"""The smallest parts of what the embedded desk says, used by all the others (docs/frontdesk-api.md)."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

Moment = Annotated[datetime, Meta(tz=True)]
Count = Annotated[int, Meta(ge=0, le=1 << 53)]


class Person(Struct, frozen=True, gc=False):
    """Somebody, as others see them."""

    id: str
    name: str
