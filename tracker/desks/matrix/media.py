"""A Matrix server's files: sent up and fetched in pieces, by whoever may see them."""

import re
from collections.abc import AsyncGenerator, AsyncIterable
from dataclasses import dataclass

from tracker.desks.answer import decode
from tracker.desks.http import Call
from tracker.desks.matrix import wire
from tracker.desks.matrix.account import CLIENT
from tracker.desks.matrix.paths import part
from tracker.desks.matrix.session import MatrixSession
from tracker.model.errors import UnexpectedAnswer

_PIECE = 64 * 1024
_MXC = re.compile(r"mxc://([A-Za-z0-9.:\[\]-]{1,255})/([A-Za-z0-9_=-]{1,255})")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way up. `pieces` may be read more than once."""

    name: str
    mime: str
    size: int
    pieces: AsyncIterable[bytes]


class MatrixMedia:
    """Files at one server. Errors are those of `MatrixSession`."""

    def __init__(self, session: MatrixSession) -> None:
        self._session = session

    async def largest(self) -> int | None:
        """Ask how large a file may be, in bytes; None where the server does not say."""
        answer = await self._session.ask(Call("GET", f"{CLIENT}/v1/media/config"))
        return decode(answer, wire.MediaLimits).upload_size

    async def upload(self, file: Upload) -> str:
        """Send a file up; gives its address, `mxc://server/id`."""
        headers = (("content-type", file.mime), ("content-length", str(file.size)))
        call = Call(
            "POST",
            "/_matrix/media/v3/upload",
            query=(("filename", file.name),),
            headers=headers,
            body=file.pieces,
        )
        uri = decode(await self._session.ask(call), wire.Uploaded).content_uri
        if not is_file(uri):
            raise UnexpectedAnswer(f"{self._session.http.desk} did not say where it put the file. Tell IT.")
        return uri

    async def download(self, uri: str) -> AsyncGenerator[bytes, None]:
        """Give a file's bytes as they come. UnexpectedAnswer for what is no address of a file."""
        found = _MXC.fullmatch(uri)
        if found is None:
            raise UnexpectedAnswer("This file has no address that Tracker can fetch it from.")
        server, name = found.groups()
        path = f"{CLIENT}/v1/media/download/{part(server)}/{part(name)}"
        async with self._session.stream(Call("GET", path, headers=(("accept", "*/*"),))) as response:
            async for piece in response.aiter_bytes(_PIECE):
                yield piece


def is_file(uri: str) -> bool:
    """Tell whether this is the address of a file at a Matrix server."""
    return _MXC.fullmatch(uri) is not None
