"""One call of the API: what it takes, what it answers, who may; the table of them is also its description."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

import anyio.to_thread
import msgspec
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response

from tracker.frontdesk.answers import Answer
from tracker.frontdesk.carrying_out import Carried, Order, fingerprint
from tracker.frontdesk.desk import Desk
from tracker.frontdesk.reading import Viewer
from tracker.frontdesk.refusals import Code, Refused
from tracker.frontdesk.requests import Body, Nothing
from tracker.frontdesk.signing_in import Caller, recognise
from tracker.frontdesk.web.incoming import decode_query, read_body, read_key

JSON = "application/json"

Method = Literal["GET", "POST", "PUT", "DELETE"]

_encode = msgspec.json.Encoder().encode

BodyT = TypeVar("BodyT", bound=Body)
QueryT = TypeVar("QueryT", bound=Struct)
AnswerT = TypeVar("AnswerT", bound=Struct)


class NoQuery(Struct, frozen=True, kw_only=True):
    """A call without parameters; those sent are ignored."""


@dataclass(frozen=True, slots=True)
class Spec:
    """What a call is, for those who read the description.

    `body` and `answer` None: none, or bytes where `takes` or `gives` names a media type. `key`: whether an
    Idempotency-Key goes with it ("requesters": on theirs it must, on those of agents it may). `refusals`:
    codes beyond those every such call may give. `headers` may be sent, and `also` are other good statuses
    that they bring about.
    """

    method: Method
    path: str
    summary: str
    answer: type[Struct] | None = None
    body: type[Body] | None = None
    query: type[Struct] = NoQuery
    status: int = 200
    access: Literal["anybody", "person", "agent"] = "person"
    key: Literal["required", "requesters", "optional", "none"] = "none"
    takes: str = JSON
    gives: str = JSON
    refusals: tuple[Code, ...] = ()
    headers: tuple[str, ...] = ()
    also: tuple[int, ...] = ()


class Route(ABC):
    """One call: its description, and how to answer a request."""

    spec: Spec

    @abstractmethod
    async def respond(self, desk: Desk, request: Request) -> Response:
        """Answer a request; raises `Refused`."""


@dataclass(frozen=True, slots=True)
class Call(Generic[BodyT, QueryT]):
    """A request as a route's work sees it: decoded, and from somebody known."""

    desk: Desk
    caller: Caller
    body: BodyT
    query: QueryT
    path: Mapping[str, str]
    order: Order

    @property
    def viewer(self) -> Viewer:
        """The sender, as a reader of what concerns them."""
        return Viewer(self.caller.user)


@dataclass(frozen=True, slots=True)
class Reading(Route, Generic[QueryT]):
    """A call that only reads: `work` runs off the event loop."""

    spec: Spec
    query: type[QueryT]
    work: Callable[[Call[Nothing, QueryT]], Struct]

    async def respond(self, desk: Desk, request: Request) -> Response:
        """Answer with what was read."""

        def answer() -> bytes:
            caller = admitted(desk, request, self.spec)
            query = decode_query(request, self.query)
            order = Order(caller.user, None, b"")
            return _encode(self.work(Call(desk, caller, Nothing(), query, request.path_params, order)))

        return json_response(await anyio.to_thread.run_sync(answer), status=self.spec.status)


@dataclass(frozen=True, slots=True)
class Commanding(Route, Generic[BodyT]):
    """A call that changes something, once for each key: `work` runs off the event loop.

    One that both sides may make (see `Spec.key`) is an agent's when an agent makes it. Without a body in its
    description, `body` must be one that needs nothing.
    """

    spec: Spec
    body: type[BodyT]
    work: Callable[[Call[BodyT, NoQuery]], Carried]
    decoder: msgspec.json.Decoder[BodyT] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "decoder", msgspec.json.Decoder(self.body))

    async def respond(self, desk: Desk, request: Request) -> Response:
        """Carry the command out and answer 201, or give the first answer again."""
        caller = await anyio.to_thread.run_sync(admitted, desk, request, self.spec)
        is_agent = caller.user.role == "agent"
        needs_key = self.spec.key == "required" or (self.spec.key == "requesters" and not is_agent)
        key = read_key(request, required=needs_key)
        body = await read_body(request, self.decoder) if self.spec.body is not None else self.body()

        def carry_out() -> Carried:
            mark = fingerprint(f"{self.spec.method} {request.url.path}", body)
            of_both = self.spec.key == "requesters"
            as_agent = is_agent if of_both else self.spec.access == "agent"
            order = Order(caller.user, key, mark, as_agent=as_agent)
            return self.work(Call(desk, caller, body, NoQuery(), request.path_params, order))

        return carried_response(await anyio.to_thread.run_sync(carry_out))


@dataclass(frozen=True, slots=True)
class Keeping(Route, Generic[BodyT]):
    """A call that puts something in place of what was there: `work` runs off the event loop."""

    spec: Spec
    body: type[BodyT]
    work: Callable[[Call[BodyT, NoQuery]], Answer]
    decoder: msgspec.json.Decoder[BodyT] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "decoder", msgspec.json.Decoder(self.body))

    async def respond(self, desk: Desk, request: Request) -> Response:
        """Answer with what is there now."""
        call = await _without_key(desk, request, self.spec, self.decoder)
        answer = await anyio.to_thread.run_sync(lambda: _encode(self.work(call)))
        return json_response(answer, status=self.spec.status)


@dataclass(frozen=True, slots=True)
class Noting(Route, Generic[BodyT]):
    """A call that notes something which is no fact: `work` runs off the event loop, the answer is 204."""

    spec: Spec
    body: type[BodyT]
    work: Callable[[Call[BodyT, NoQuery]], None]
    decoder: msgspec.json.Decoder[BodyT] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "decoder", msgspec.json.Decoder(self.body))

    async def respond(self, desk: Desk, request: Request) -> Response:
        """Answer that it is noted."""
        call = await _without_key(desk, request, self.spec, self.decoder)
        await anyio.to_thread.run_sync(self.work, call)
        return Response(status_code=204)


async def _without_key(
    desk: Desk, request: Request, spec: Spec, decoder: msgspec.json.Decoder[BodyT]
) -> Call[BodyT, NoQuery]:
    """Read a call that may be made again without harm; raises `Refused` where it may not be made."""
    caller = await anyio.to_thread.run_sync(admitted, desk, request, spec)
    body = await read_body(request, decoder)
    return Call(desk, caller, body, NoQuery(), request.path_params, Order(caller.user, None, b""))


def admitted(desk: Desk, request: Request, spec: Spec) -> Caller:
    """Tell who asks; raises `Refused` when nobody is signed in or only agents may."""
    caller = recognise(desk, request.headers.get("authorization"))
    if spec.access == "agent" and caller.user.role != "agent":
        raise Refused("not_allowed", "Only agents of the desk may do this.")
    return caller


def json_response(content: bytes, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Make an answer that no cache keeps and no browser takes for a page."""
    all_headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", **(headers or {})}
    return Response(content, status_code=status, headers=all_headers, media_type=JSON)


def carried_response(carried: Carried) -> Response:
    """Make the answer to a command."""
    headers = {"Idempotent-Replay": "true"} if carried.replayed else None
    return json_response(carried.answer, status=201, headers=headers)


def answer_response(
    answer: Answer, *, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """Make a response of an answer."""
    return json_response(_encode(answer), status=status, headers=headers)
