"""Files a person attaches, made ready for the way up to a Matrix server."""

from tracker.desks.base import FileSource
from tracker.desks.file_pieces import checked_size, pieces_of
from tracker.desks.matrix.media import Upload
from tracker.desks.safetext import safe_file_name
from tracker.model.attachment import LocalFile


async def prepared(file: LocalFile, files: FileSource, largest: int) -> Upload:
    """Give a file ready to be sent up. Raises CommandRejected, with its name, where that cannot be."""
    size = await checked_size(file, files(file), largest, taker="The chat")
    return Upload(safe_file_name(file.name), file.mime, size, pieces_of(file, files))
