"""Signing in and out: prove who it is, keep the secret; leave nothing of the person behind."""

import contextlib
import shutil
from dataclasses import replace

from tracker.core.program import Program, owner_of
from tracker.desks.base import DeskConfig, Secret
from tracker.host.settings import DeskChoice
from tracker.model.change import Change
from tracker.model.errors import TrackerError


async def sign_in(program: Program, choice: DeskChoice, secret: Secret) -> str | None:
    """Sign in at a desk and follow it from now on; give a remark about how the secret is kept, if any.

    Raises `SignInRequired` when the secret is wrong, another `DeskError` when the desk cannot be asked: then
    everything is as it was. Somebody else's requests, drafts and files are removed first; from then on
    nobody is signed in until all of it is done, whatever stops it.
    """

    from tracker.desks.http import tidy_url

    program.secret.hide(secret)
    choice = replace(choice, url=tidy_url(choice.url))

    async def typed() -> Secret:
        return secret

    config = DeskConfig(choice.kind, choice.url, choice.user, choice.options)
    desk = program.options.open_desk(config, typed)
    try:
        kept = await desk.sign_in()
    finally:
        await desk.aclose()
    if program.engine.writer.owner() not in (None, owner_of(choice)):
        await _leave_nothing(program)
    await program.secret.keep(kept)
    program.engine.writer.put_owner(owner_of(choice))
    program.save_desk(choice)
    note = program.secret.note
    program.engine.board.note("secret", note)
    program.follow_desk(choice)
    return note


async def sign_out(program: Program) -> str:
    """Sign out: forget every request, draft, unsent text and file, and the secret; give a remark, if any.

    Raises `StoreError` or `HostError` when something cannot be removed: then the person is still signed in.
    """
    await _leave_nothing(program)
    program.engine.board.note("secret", None)
    if await program.secret.forget():
        return ""
    return (
        "Your keyring could not be reached: it may still hold your sign-in, in an entry named “it-tracker”."
    )


async def _leave_nothing(program: Program) -> None:
    await program.engine.leave()
    try:
        _forget(program)
        program.save_desk(None)
    except TrackerError:
        program.follow_desk(program.settings.desk)
        raise
    # Told last: whoever hears it looks up who is signed in.
    program.listeners.changed(Change(everything=True))


def _forget(program: Program) -> None:
    program.listeners.changed(program.engine.forget())
    for folder in (program.paths.outgoing, program.paths.received):
        for entry in folder.glob("*"):
            with contextlib.suppress(OSError):
                shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    for copy in program.paths.store.parent.glob(f"{program.paths.store.name}.*"):
        with contextlib.suppress(OSError):
            copy.unlink()
