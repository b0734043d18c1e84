"""Files in and out, streamed both ways."""

from typing import Annotated

import anyio.to_thread
from msgspec import Meta, Struct
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from tracker.frontdesk import carrying_out, reading
from tracker.frontdesk.carrying_out import Carried, Order
from tracker.frontdesk.desk import Desk
from tracker.frontdesk.filestore import too_large
from tracker.frontdesk.reading import Viewer
from tracker.frontdesk.refusals import Refused
from tracker.frontdesk.storage.uploads import Upload
from tracker.frontdesk.values import Attachment
from tracker.frontdesk.web.incoming import decode_query, discard_rest, pieces, read_key
from tracker.frontdesk.web.route import Route, Spec, admitted, carried_response

BYTES = "application/octet-stream"


class UploadQuery(Struct, frozen=True, kw_only=True):
    """What the file is called."""

    filename: Annotated[str, Meta(min_length=1, max_length=1_000)]


class Uploading(Route):
    """Take a file in; a message names it afterwards."""

    spec = Spec(
        "POST",
        "/attachments",
        "Send a file, as raw bytes",
        Attachment,
        query=UploadQuery,
        status=201,
        key="required",
        takes=BYTES,
        refusals=("key_reused", "too_large", "slow_down", "no_space"),
    )

    async def respond(self, desk: Desk, request: Request) -> Response:
        """Stream the body to disk, then keep it."""
        caller = await anyio.to_thread.run_sync(admitted, desk, request, self.spec)
        key = read_key(request, required=True)
        name = decode_query(request, UploadQuery).filename
        limit, arriving = desk.settings.attachment_bytes, pieces(request)
        try:
            if _announced_size(request) > limit:
                raise too_large(limit)
            arrived = await desk.files.receive(arriving, limit=limit)
        except Refused as refused:
            if refused.code == "too_large":
                await discard_rest(arriving)
            raise

        def keep() -> Carried:
            try:
                mark = carrying_out.file_fingerprint(name, arrived)
                return carrying_out.keep_upload(desk, Order(caller.user, key, mark), arrived, name=name)
            finally:
                desk.files.discard(arrived)

        return carried_response(await anyio.to_thread.run_sync(keep))


class Downloading(Route):
    """Give a file out to those who may see it."""

    spec = Spec(
        "GET",
        "/attachments/{attachment}",
        "Fetch a file",
        gives=BYTES,
        refusals=("not_found",),
        headers=("Range",),
        also=(206, 416),
    )

    async def respond(self, desk: Desk, request: Request) -> Response:
        """Stream the file, never to be shown in place."""

        def find() -> Upload:
            viewer = Viewer(admitted(desk, request, self.spec).user)
            return reading.one_upload(desk, viewer, request.path_params["attachment"])

        attachment = (await anyio.to_thread.run_sync(find)).attachment
        return file_response(desk, attachment)


def file_response(desk: Desk, attachment: Attachment) -> Response:
    """Make the answer that is a file; raises `Refused` when the desk has lost it."""
    place = desk.files.path(attachment.id)
    if not place.exists():
        raise Refused("desk_broken", "The desk has lost this file. Please tell whoever runs it.")
    headers = {
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "private, no-cache",
        "ETag": f'"{attachment.sha256}"',
    }
    return FileResponse(
        place,
        headers=headers,
        media_type=attachment.mime,
        filename=attachment.name,
        content_disposition_type="attachment",
    )


def _announced_size(request: Request) -> int:
    length = request.headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdecimal() and len(length) < 20 else 0


def file_routes() -> tuple[Route, ...]:
    """List the calls of this file."""
    return (Uploading(), Downloading())
