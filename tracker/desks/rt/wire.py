"""What Request Tracker's REST2 says, as typed values; nothing of it leaves this package.

Ids come as numbers or as strings, an empty object or list as an empty string, depending on the call.
"""

from datetime import UTC, datetime

import msgspec

Id = int | str


class Ref(msgspec.Struct, rename="pascal"):
    """A person, queue or other record that another one names; the names only where they were asked for."""

    id: Id = msgspec.field(default="", name="id")
    name: str = ""
    real_name: str | None = ""
    lifecycle: str = ""


class FieldValue(msgspec.Struct):
    """A custom field of a ticket or article with its values; files are objects and not used here."""

    id: Id = ""
    name: str = ""
    values: list[object] = []


class Link(msgspec.Struct):
    """Something that may be done with a record; `from` and `to` are statuses."""

    ref: str = ""
    start: str = msgspec.field(default="", name="from")
    to: str = ""


class Ticket(msgspec.Struct, rename="pascal"):
    """A ticket, from the list (some fields) or alone (all)."""

    id: Id = msgspec.field(name="id")
    subject: str = ""
    status: str = ""
    created: str = ""
    last_updated: str = ""
    due: str = ""
    priority: Id = 0
    queue: Ref | str = ""
    owner: Ref | str = ""
    requestor: list[Ref] | str = ""
    cc: list[Ref] | str = ""
    custom_fields: list[FieldValue] | str = ""
    links: list[Link] = msgspec.field(default_factory=list, name="_hyperlinks")


class Tickets(msgspec.Struct):
    """A page of tickets; `total` is exact for tickets, null where RT will not tell."""

    items: list[Ticket]
    total: int | None = None


class Transaction(msgspec.Struct, rename="pascal"):
    """One thing that happened to a ticket."""

    id: Id = msgspec.field(name="id")
    type: str = ""
    field: str | None = ""
    old_value: Id | None = ""
    new_value: Id | None = ""
    data: str | None = ""
    created: str = ""
    object_id: Id = ""
    creator: Ref | str = ""


class Transactions(msgspec.Struct):
    """A page of a history: short or empty before the end, since rights are looked at after the cut."""

    items: list[Transaction]


class Part(msgspec.Struct, rename="pascal"):
    """A text or a file of a transaction."""

    id: Id = msgspec.field(name="id")
    transaction_id: Id = ""
    filename: str | None = ""
    content_type: str | None = ""
    content_length: Id | None = None
    content: str | None = None
    subject: str | None = ""


class Parts(msgspec.Struct):
    """A page of texts or files."""

    items: list[Part]


class User(msgspec.Struct, rename="pascal"):
    """Who we are."""

    id: Id = msgspec.field(name="id")
    name: str = ""
    real_name: str | None = ""
    email_address: str | None = ""


class Version(msgspec.Struct, rename="pascal"):
    """What `/rt` says: the proof that this is a Request Tracker and knows us."""

    version: str


class FieldRef(msgspec.Struct):
    """A custom field that a queue has and we may see."""

    id: Id
    name: str = ""


class Queue(msgspec.Struct, rename="pascal"):
    """A queue; the list gives only the first three."""

    id: Id = msgspec.field(name="id")
    name: str = ""
    description: str | None = ""
    ticket_custom_fields: list[FieldRef] | str = ""
    links: list[Link] = msgspec.field(default_factory=list, name="_hyperlinks")


class Queues(msgspec.Struct):
    """The queues this person sees."""

    items: list[Queue]


class CustomField(msgspec.Struct, rename="pascal"):
    """A custom field: what kind it is and what may be chosen."""

    id: Id = msgspec.field(name="id")
    name: str = ""
    type: str = ""
    max_values: Id = 1
    pattern: str | None = ""
    entry_hint: str | None = ""
    values: list[object] = []


class Article(msgspec.Struct, rename="pascal"):
    """An article of the knowledge base."""

    id: Id = msgspec.field(name="id")
    name: str = ""
    summary: str | None = ""
    custom_fields: list[FieldValue] | str = ""


class Articles(msgspec.Struct):
    """A page of articles."""

    items: list[Article]


class Made(msgspec.Struct):
    """The answer to a create: the new record's id."""

    id: Id


# RT writes an unset moment as the first second of 1970 (RT::Date); nothing real is that old.
_EARLIEST = 1971


def moment(text: object) -> datetime | None:
    """Read RT's UTC moments, `2026-11-30T12:00:00Z` or `2026-11-30 12:00:00`; None for unset and nonsense."""
    if not isinstance(text, str) or not text:
        return None
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        return None
    aware = read.replace(tzinfo=UTC) if read.tzinfo is None else read
    if not _EARLIEST <= aware.year < 9999:
        return None
    return aware.astimezone(UTC)


def number(value: object) -> int:
    """Read an id or a count that may come as a number or as digits; 0 for anything else."""
    if isinstance(value, int):
        return value
    return int(value) if isinstance(value, str) and value.isdecimal() and len(value) < 19 else 0


def listed(value: list[FieldValue] | str) -> dict[str, str]:
    """Give the custom fields that have a value, by name."""
    if isinstance(value, str):
        return {}
    return {each.name: str(each.values[0]) for each in value if each.values and each.values[0] is not None}


def people(value: list[Ref] | str) -> frozenset[str]:
    """Give the login names of a role's people."""
    return frozenset() if isinstance(value, str) else frozenset(str(each.name or each.id) for each in value)


def name_of(value: Ref | str) -> str:
    """Give the name of a record: what people call it, else its login name or id."""
    return value if isinstance(value, str) else str(value.real_name or value.name or value.id)


def login_of(value: Ref | str) -> str:
    """Give the login name of a person."""
    return value if isinstance(value, str) else str(value.name or value.id)
