"""What a company has set, as one frozen value that answers for each key."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Generic, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.host.policy.forms import Form

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Key(Generic[T_co]):
    """One thing that IT may set. `name` is its section and its word; `usual` counts where nobody sets it.

    `about` is one English sentence for the reference, the ADMX file and `tracker policy report`; `example`
    is a value as TOML writes it. `next_start`: a change counts from the next start of the program on.
    """

    name: str
    form: Form[T_co]
    usual: T_co
    about: str
    example: str
    next_start: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """A value that a carrier gave and that passed the check. `source` says where it stands, for people."""

    value: object
    source: str
    locked: bool


@dataclass(frozen=True, slots=True)
class Complaint:
    """A value, lock or file that could not be used: where it stands and why, as a whole sentence."""

    where: str
    sentence: str

    def __str__(self) -> str:
        """Give both, the place first."""
        return f"{self.where}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class Policy:
    """Everything that was set. Without any policy each key has its usual value and nothing is locked."""

    given: Mapping[str, Given] = field(default_factory=lambda: MappingProxyType({}))
    complaints: tuple[Complaint, ...] = ()

    def value(self, key: Key[T]) -> T:
        """Give what was set for this key, else its usual value."""
        given = self.given.get(key.name)
        return key.usual if given is None else cast("T", given.value)

    def sets(self, key: Key[T]) -> bool:
        """Tell whether anybody set this key."""
        return key.name in self.given

    def locks(self, key: Key[T]) -> bool:
        """Tell whether the person may not choose otherwise."""
        given = self.given.get(key.name)
        return given is not None and given.locked


NO_POLICY = Policy()
