"""The desks' secrets in the keyring: what is stored, and what each state of the keyring means for us."""

from tracker.desks.base import Secret, SecretKind
from tracker.host.long_secrets import LongSecrets
from tracker.host.redaction import Redactor
from tracker.host.secrets import KeyringState, Secrets
from tracker.model.errors import DeskUnavailable, SignInRequired

NAME, CHAT = "desk", "chat"
"""The names of the secrets in the keyring: the ticket desk's, and that of a chat server beside it."""
KEYRING_LIMIT = 10.0
"""Seconds that an examination waits for a keyring, which may be showing a prompt."""
_SIGN_IN = {
    NAME: "Sign in to see how your requests are doing.",
    CHAT: "Sign in to the chat server to chat.",
}
_MARK = "\x1f"

_CANNOT_NOW = {
    KeyringState.LOCKED: "Your keyring is locked. Unlock it, and Tracker goes on by itself.",
    KeyringState.WAITING: "Waiting for your keyring to be unlocked.",
    KeyringState.FAILED: "Your keyring does not answer. Tracker tries again by itself.",
}
"""Locked is not empty: nobody is asked to sign in again because of it."""

NOTES = {
    KeyringState.NO_BACKEND: "This computer has no keyring: you are signed in until Tracker is quit.",
    KeyringState.REFUSED: "The keyring was not unlocked: you are signed in until Tracker is quit.",
}


class DeskSecret:
    """Gives and keeps the secret of a desk: a `SecretKeeper`. What it has seen, `redactor` hides."""

    def __init__(self, secrets: Secrets, redactor: Redactor, name: str = NAME) -> None:
        self._secrets = secrets
        self._kept = LongSecrets(secrets)
        self._redactor = redactor
        self._name = name

    async def __call__(self) -> Secret:
        """Give the secret: a `SecretSource`. Raises `SignInRequired`, or `DeskUnavailable` while locked."""
        # The password that a script gives is the desk's: no chat server may get to see it.
        found = await self._kept.get(self._name, or_given=self._name == NAME)
        if found is not None:
            kind, mark, value = found.partition(_MARK)
            typed = mark and kind in list(SecretKind)
            secret = Secret(SecretKind(kind), value) if typed else Secret(SecretKind.PASSWORD, found)
            self.hide(secret)
            return secret
        sentence = _CANNOT_NOW.get(self._secrets.state)
        if sentence is not None:
            raise DeskUnavailable(sentence)
        raise SignInRequired(_SIGN_IN[self._name])

    def hide(self, secret: Secret) -> None:
        """Keep it out of the log from now on, and what is in it."""
        self._redactor.hide(secret.value)
        if secret.kind is SecretKind.OPEN_ID:
            from tracker.desks.openid import kept

            for token in kept.tokens_in(secret):
                self._redactor.hide(token)
        elif self._name == CHAT and secret.value.startswith("{"):
            from tracker.desks.matrix.kept import tokens_in

            for token in tokens_in(secret):
                self._redactor.hide(token)

    async def keep(self, secret: Secret) -> None:
        """Keep it for the next start, or for this session where there is no keyring."""
        self.hide(secret)
        self._secrets.ask_again()
        await self._kept.set(self._name, f"{secret.kind}{_MARK}{secret.value}")

    async def forget(self) -> bool:
        """Forget it; False when the keyring could not be reached and may still hold it."""
        return await self._kept.delete(self._name, others=self._name == CHAT)

    @property
    def note(self) -> str | None:
        """What a person should know about how it is kept."""
        if not self._secrets.session_only:
            return None
        return NOTES.get(self._secrets.state, "Your sign-in is kept until Tracker is quit.")
