"""Reading requests: bodies within limits and time, decoded strictly, every mistake a sentence."""

import contextlib
import re
from collections.abc import AsyncIterator
from typing import TypeVar

import anyio
import msgspec
from msgspec import Struct
from starlette.requests import ClientDisconnect, Request

from tracker.frontdesk import limits
from tracker.frontdesk.refusals import Refused

PATIENCE = 30
"""Seconds to wait for the next piece of a body."""

DISCARDED_BYTES = 64 << 20
DISCARDING = 10
"""What is read past a limit only to be forgotten, so that the sender hears the refusal and not a cut line."""

KEY = re.compile(r"[A-Za-z0-9._:-]{1,128}")

DecodedT = TypeVar("DecodedT", bound=Struct)


async def read_body(request: Request, decoder: msgspec.json.Decoder[DecodedT]) -> DecodedT:
    """Read and decode a JSON body; raises `Refused`: wrong type, too large, not as it should be."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise Refused("wrong_type", "The desk takes application/json here.")
    content = await read_content(request)
    try:
        return decoder.decode(content)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Refused("invalid", f"The request is not as it should be: {error}.") from error


async def read_content(request: Request) -> bytearray:
    """Read a body into memory; raises `Refused` when it is too large, or stalls."""
    content, arriving = bytearray(), pieces(request)
    async for piece in arriving:
        content += piece
        if len(content) > limits.BODY_BYTES:
            await discard_rest(arriving)
            raise Refused(
                "too_large", f"That is too long. The desk takes at most {limits.BODY_BYTES:,} bytes here."
            )
    return content


def decode_query(request: Request, query: type[DecodedT]) -> DecodedT:
    """Read the parameters of a call; those it does not know are ignored."""
    try:
        return msgspec.convert(dict(request.query_params), query, strict=False)
    except msgspec.ValidationError as error:
        raise Refused("invalid", f"A parameter is not as it should be: {error}.") from error


def read_key(request: Request, *, required: bool) -> str | None:
    """Read the Idempotency-Key; raises `Refused` when it is missing where required, or malformed."""
    key = request.headers.get("idempotency-key")
    if key is None:
        if required:
            raise Refused("invalid", "This call needs an Idempotency-Key.")
        return None
    if KEY.fullmatch(key) is None:
        raise Refused("invalid", "An Idempotency-Key has 1 to 128 letters, digits, dots, colons, dashes.")
    return key


async def pieces(request: Request) -> AsyncIterator[bytes]:
    """Give a body piece by piece; raises `Refused` when the sender stalls or goes away."""
    stream = request.stream()
    while True:
        try:
            with anyio.fail_after(PATIENCE):
                piece = await anext(stream, None)
        except TimeoutError as error:
            raise Refused("invalid", "The rest of the request did not arrive in time.") from error
        except ClientDisconnect as error:
            raise Refused("invalid", "The connection ended before the request was complete.") from error
        if piece is None:
            return
        if piece:
            yield piece


async def discard_rest(rest: AsyncIterator[bytes]) -> None:
    """Read what is still coming of a body's pieces and forget it, within reason, before refusing for size."""
    left = DISCARDED_BYTES
    with anyio.move_on_after(DISCARDING), contextlib.suppress(Refused):
        async for piece in rest:
            left -= len(piece)
            if left <= 0:
                return
