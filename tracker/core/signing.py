"""Signing in and out: prove who it is, keep the secret; leave nothing of the person behind."""

import contextlib
import shutil
from dataclasses import dataclass, replace

from tracker.core.chat_ending import end_at_server
from tracker.core.company_account import FRONTDESK, check_allowed, user_in
from tracker.core.company_ending import end_kept, end_with_company
from tracker.core.policy_desk import other_desk
from tracker.core.program import Program, owner_of
from tracker.desks.base import Secret, SecretKind
from tracker.host.settings import DeskChoice
from tracker.model.change import Change
from tracker.model.errors import DeskError, SignInRequired, TrackerError
from tracker.store.chat_server import chat_owner, forget_chats, put_chat_owner

_NOT_TOLD = "Your company's sign-in could not be told that you signed out. It ends there by itself."
MAY_STAY = (
    "Your keyring could not be reached: it may still hold your sign-in, in an entry named “it-tracker”."
)


async def sign_in(program: Program, choice: DeskChoice, secret: Secret) -> str | None:
    """Sign in at a desk and follow it from now on; give a remark about how the secret is kept, if any.

    Raises `SignInRequired` when the secret is wrong, another `DeskError` when the desk cannot be asked or IT
    has locked another: then everything is as it was. Somebody else's requests, drafts and files are removed
    first; from then on nobody is signed in until all of it is done, whatever stops it.
    """
    program.secret.hide(secret)
    check_allowed(secret, program.policy)
    choice = _tidied(choice)
    set_by_it = other_desk(choice, program.policy)
    if set_by_it:
        raise DeskError(f"IT has set your service desk: {set_by_it}. Sign in there.")
    kept = await _proved_at_desk(program, choice, secret)
    choice = replace(choice, user=user_in(kept, choice.user))
    if program.engine.writer.owner() not in (None, owner_of(choice)):
        await _leave_nothing(program)
    await program.secret.keep(kept)
    program.engine.writer.put_owner(owner_of(choice))
    program.save_desk(choice)
    note = program.secret.note
    program.engine.board.note("secret", note)
    program.follow_desk(choice)
    return note


async def sign_in_chat(program: Program, choice: DeskChoice, secret: Secret) -> str | None:
    """Sign in at a chat server and use it beside the desk; give a remark about how the secret is kept.

    Raises `SignInRequired` when the secret is wrong or nobody is signed in at the desk, another `DeskError`
    when the server cannot be asked: then everything is as it was. Somebody else's chats are removed first.
    """
    if program.settings.desk is None:
        raise SignInRequired("Sign in to your service desk first.")
    program.chat_secret.hide(secret)
    choice = _tidied(choice)
    kept = await _proved(program, choice, secret)
    if chat_owner(program.engine.connection) not in (None, owner_of(choice)):
        await _leave_chats(program)
    await program.chat_secret.keep(kept)
    put_chat_owner(program.engine.connection, owner_of(choice))
    program.save_chat(choice)
    note = program.chat_secret.note
    program.engine.board.note("secret", note)
    program.follow_desk(program.settings.desk)
    return note


async def sign_out(program: Program) -> str:
    """Sign out: forget every request, draft, unsent text and file, and the secrets; give a remark, if any.

    Raises `StoreError` or `HostError` when something cannot be removed: then the person is still signed in.
    """
    left = await _leave_nothing(program)
    program.engine.board.note("secret", None)
    gone = [await program.secret.forget(), await program.proxy_secret.forget()]
    if not all(gone) or not left.chats:
        return MAY_STAY
    return "" if left.company else _NOT_TOLD


async def sign_out_chat(program: Program) -> str:
    """Sign out of the chat server: forget the chats and the secret, keep the requests; give a remark, if any.

    Raises `StoreError` or `HostError` when something cannot be removed: then the person is still signed in.
    """
    return "" if await _leave_chats(program) else MAY_STAY


async def _proved_at_desk(program: Program, choice: DeskChoice, secret: Secret) -> Secret:
    """As `_proved`; a company's sign-in that leads nowhere is ended again at the provider."""
    if secret.kind is SecretKind.OPEN_ID and choice.kind != FRONTDESK:
        raise SignInRequired("This desk does not take your company's sign-in. Use a password or a token.")
    try:
        return await _proved(program, choice, secret)
    except DeskError:
        await end_kept(choice.url, secret, program.network)
        raise


async def _proved(program: Program, choice: DeskChoice, secret: Secret) -> Secret:
    """Prove at a desk who it is; give what to keep."""

    async def typed() -> Secret:
        return secret

    desk = program.opened(choice, typed)
    try:
        return await desk.sign_in()
    finally:
        await desk.aclose()


def _tidied(choice: DeskChoice) -> DeskChoice:
    from tracker.desks.http import tidy_url

    return replace(choice, url=tidy_url(choice.url))


@dataclass(frozen=True, slots=True)
class _Left:
    """What is certainly over: the secret of a chat server, and the sign-in at the company's provider."""

    chats: bool
    company: bool


async def _leave_nothing(program: Program) -> _Left:
    """Leave both desks and forget all."""
    desk, chat = program.settings.desk, program.settings.chat
    await program.engine.leave()
    try:
        _forget(program)
        program.save_desk(None)
    except TrackerError:
        program.follow_desk(program.settings.desk)
        raise
    await end_at_server(chat, program.chat_secret, program.network)
    gone = await program.chat_secret.forget() if chat is not None else True
    told = desk is None or await end_with_company(desk.url, program.secret, program.network)
    # Told last: whoever hears it looks up who is signed in.
    program.listeners.changed(Change(everything=True))
    return _Left(gone, told)


async def _leave_chats(program: Program) -> bool:
    """Leave the chat server and forget the chats; says whether its secret is certainly gone."""
    chat = program.settings.chat
    await program.engine.leave()
    try:
        program.engine.publisher.add(forget_chats(program.engine.connection))
        program.save_chat(None)
    finally:
        program.follow_desk(program.settings.desk)
    await end_at_server(chat, program.chat_secret, program.network)
    return await program.chat_secret.forget()


def _forget(program: Program) -> None:
    program.listeners.changed(program.engine.forget())
    for folder in (program.paths.outgoing, program.paths.received):
        for entry in folder.glob("*"):
            with contextlib.suppress(OSError):
                shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    for copy in program.paths.store.parent.glob(f"{program.paths.store.name}.*"):
        with contextlib.suppress(OSError):
            copy.unlink()
