"""Forms that carry files: read within limits, the files kept aside until somebody takes them."""

import logging
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass

import anyio.to_thread
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from tracker.frontdesk import limits
from tracker.frontdesk.filestore import too_large
from tracker.frontdesk.pages.forms import FIELDS, STRANGE, Form
from tracker.frontdesk.refusals import Refused
from tracker.frontdesk.web.incoming import discard_rest, pieces

MULTIPART = "multipart/form-data"
PIECE = 1 << 18

logging.getLogger("python_multipart").setLevel(
    logging.ERROR
)  # what a stranger sent wrong is no news of the desk


@dataclass(frozen=True, slots=True)
class FilledIn:
    """A form as it was filled in, and the files chosen in it; `close` forgets those."""

    form: Form
    parts: tuple[UploadFile, ...]

    @property
    def files(self) -> tuple[UploadFile, ...]:
        """The files; a field in which none was chosen is sent as one without a name."""
        return tuple(part for part in self.parts if part.filename)

    async def close(self) -> None:
        """Forget the files."""
        for part in self.parts:
            await part.close()


async def read_multipart(request: Request, *, limit: int) -> FilledIn:
    """Read a form with at most `limit` bytes of files; raises `Refused`: not one, or too large."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != MULTIPART:
        raise Refused("wrong_type", "The desk takes forms here.")
    parser = MultiPartParser(
        request.headers,
        _bounded(request, limit),
        max_files=limits.ATTACHMENTS_PER_MESSAGE,
        max_fields=FIELDS,
        max_part_size=limits.BODY_BYTES,
    )
    try:
        filled = await parser.parse()
    except MultiPartException as error:
        raise Refused("invalid", _explain(error)) from error
    except OSError as error:
        raise Refused("no_space", "The desk's disk is full, so nothing was sent.") from error
    items = filled.multi_items()
    values = {name: value.replace("\r\n", "\n") for name, value in items if isinstance(value, str)}
    return FilledIn(Form(values), tuple(value for _, value in items if isinstance(value, UploadFile)))


async def content_of(file: UploadFile) -> AsyncIterator[bytes]:
    """Give a chosen file piece by piece."""
    while piece := await anyio.to_thread.run_sync(file.file.read, PIECE):
        yield piece


async def _bounded(request: Request, limit: int) -> AsyncGenerator[bytes, None]:
    arriving, left = pieces(request), limit + limits.BODY_BYTES
    async for piece in arriving:
        left -= len(piece)
        if left < 0:
            await discard_rest(arriving)
            raise too_large(limit)
        yield piece


def _explain(error: MultiPartException) -> str:
    if "Too many files" in error.message:
        return f"A message takes at most {limits.ATTACHMENTS_PER_MESSAGE} files."
    return STRANGE
