"""What does not come as one answer: files, sent and fetched in pieces, by a session whose token has ended."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.desks.matrix.signing_in import Keeper, ended, long_ago, session_at, signed_in, token_of
from tests.rigs.synapse import SynapseRig
from tests.rigs.synapse_site import JANE
from tracker.desks.base import Secret, SecretKind
from tracker.desks.matrix.media import MatrixMedia, Upload
from tracker.model.errors import CommandRejected, DeskError, SignInRequired, UnexpectedAnswer

pytestmark = [pytest.mark.anyio, pytest.mark.matrix]

MEGABYTE = 1024 * 1024


class Pieces:
    """A megabyte in pieces, as often as it is asked for."""

    def __init__(self) -> None:
        self.times = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        self.times += 1
        for number in range(16):
            yield bytes([number]) * (MEGABYTE // 16)


def upload(pieces: Pieces) -> Upload:
    return Upload("screen ü.png", "image/png", MEGABYTE, pieces)


async def fetched(media: MatrixMedia, uri: str) -> bytes:
    return b"".join([piece async for piece in media.download(uri)])


async def test_a_file_goes_up_and_comes_back_as_it_was(synapse_rig: SynapseRig) -> None:
    pieces = Pieces()
    async with session_at(synapse_rig.url, "", Keeper(token_of(synapse_rig, JANE))) as session:
        media = MatrixMedia(session)
        uri = await media.upload(upload(pieces))
        sent = b"".join([piece async for piece in pieces])
        assert await fetched(media, uri) == sent
        assert await media.largest() == 10 * MEGABYTE


async def test_files_outlive_the_token_they_were_begun_with(company_synapse: SynapseRig) -> None:
    keeper = Keeper(await signed_in(company_synapse, JANE))
    pieces = Pieces()
    async with session_at(company_synapse.url, "", keeper, now=long_ago) as session:
        media = MatrixMedia(session)
        uri = await media.upload(upload(pieces))
        await ended(company_synapse, keeper.held)
        again = await media.upload(upload(pieces))
        await ended(company_synapse, keeper.held)
        assert len(await fetched(media, uri)) == len(await fetched(media, again)) == MEGABYTE
    assert pieces.times == 3, "the file was read anew for the second try"
    assert len(keeper.all) >= 2


@pytest.mark.parametrize(
    ("uri", "kind", "words"),
    [
        ("mxc://desk.example.test/neverwasthere", CommandRejected, "does not have this"),
        ("mxc://desk.example.test/../../x", UnexpectedAnswer, "no address"),
        ("https://desk.example.test/file", UnexpectedAnswer, "no address"),
        ("", UnexpectedAnswer, "no address"),
    ],
)
async def test_a_file_that_is_not_there_is_said(
    synapse_rig: SynapseRig, uri: str, kind: type[DeskError], words: str
) -> None:
    async with session_at(synapse_rig.url, "", Keeper(token_of(synapse_rig, JANE))) as session:
        with pytest.raises(kind, match=words):
            await fetched(MatrixMedia(session), uri)


async def test_a_file_over_the_servers_limit_is_refused_in_words(synapse_rig: SynapseRig) -> None:
    class Large(Pieces):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            for _ in range(11):
                yield bytes(MEGABYTE)

    file = Upload("large.bin", "application/octet-stream", 11 * MEGABYTE, Large())
    async with session_at(synapse_rig.url, "", Keeper(token_of(synapse_rig, JANE))) as session:
        with pytest.raises(CommandRejected, match="larger than The chat server takes"):
            await MatrixMedia(session).upload(file)


async def test_nobody_fetches_a_file_without_a_session(synapse_rig: SynapseRig) -> None:
    stranger = Keeper(Secret(SecretKind.TOKEN, "syt_stranger"))
    async with session_at(synapse_rig.url, "", stranger) as session:
        with pytest.raises(SignInRequired, match="sign in again"):
            await fetched(MatrixMedia(session), "mxc://desk.example.test/any")
