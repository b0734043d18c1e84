"""Files a person attaches, made ready for the way up to a Matrix server."""

from pathlib import Path

from tracker.desks.file_pieces import FilePieces, checked_size
from tracker.desks.matrix.media import Upload
from tracker.desks.safetext import safe_file_name
from tracker.model.attachment import LocalFile


async def prepared(file: LocalFile, path: Path, largest: int) -> Upload:
    """Give a file ready to be sent up. Raises CommandRejected, with its name, where that cannot be."""
    size = await checked_size(file, path, largest, taker="The chat")
    return Upload(safe_file_name(file.name), file.mime, size, FilePieces(path, file.name))
