"""The style sheet, the scripts and their licences, as they lie in the folder `static`."""

import hashlib
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from tracker.frontdesk.pages.rendering import GUARDED
from tracker.frontdesk.pages.visitor import Door
from tracker.frontdesk.refusals import not_found

FOLDER = Path(__file__).parent / "static"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
}


class StaticFiles:
    """Gives them out from memory; a browser asks each time whether its copy is still good."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._files = {path.name: path.read_bytes() for path in FOLDER.iterdir() if path.suffix in TYPES}
        self._marks = {
            name: f'"{hashlib.sha256(content).hexdigest()[:32]}"' for name, content in self._files.items()
        }

    async def show(self, request: Request) -> Response:
        """Give one file."""
        name = request.path_params["name"]
        if name not in self._files:
            return self._door.refusal(not_found("That file"))
        headers = {**GUARDED, "Cache-Control": "no-cache", "ETag": self._marks[name]}
        if request.headers.get("if-none-match") == self._marks[name]:
            return Response(status_code=304, headers=headers)
        return Response(self._files[name], headers=headers, media_type=TYPES[Path(name).suffix])
