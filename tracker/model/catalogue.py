"""What can be asked for: services with their form fields, and answers that may save the asking."""

from dataclasses import dataclass
from enum import StrEnum


class FieldKind(StrEnum):
    """How a form field is filled in."""

    TEXT = "text"
    MULTILINE = "multiline"
    CHOICE = "choice"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class FormField:
    """One question on the form of a service."""

    id: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    required: bool = False
    choices: tuple[str, ...] = ()
    help: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    """Something the desk offers; `promise` is its usual first answer, in words, if it states one."""

    id: str
    name: str
    description: str = ""
    fields: tuple[FormField, ...] = ()
    promise: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """An article of the desk's knowledge base; `body` is safe plain text."""

    id: str
    title: str
    summary: str = ""
    body: str = ""
    url: str | None = None
