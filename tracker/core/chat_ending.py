"""Ends a sign-in at the chat server itself, so that its tokens are worth nothing to whoever finds them."""

from tracker.desks.base import SecretSource
from tracker.desks.network import Network
from tracker.host.settings import DeskChoice
from tracker.model.errors import DeskError

MATRIX = "matrix"


async def end_at_server(choice: DeskChoice | None, secret: SecretSource, network: Network) -> None:
    """Tell the chat server that the session is over; takes five seconds at most.

    Where the server cannot be told, the tokens end by themselves.
    """
    if choice is None or choice.kind != MATRIX:
        return
    from tracker.desks.matrix.login import sign_out

    try:
        await sign_out(choice.url, await secret(), network=network)
    except DeskError:
        return  # there is no secret, or the keyring is locked
