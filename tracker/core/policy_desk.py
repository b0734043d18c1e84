"""What IT's policy says of the desk and the chat server that a person is signed in to."""

from tracker.host.policy import keys
from tracker.host.policy.policy import Key, Policy
from tracker.host.settings import DeskChoice, Settings

_CHAT_KIND = "matrix"

Options = tuple[tuple[str, str], ...]


def options_for(choice: DeskChoice, policy: Policy) -> Options:
    """Give the connector's options: those of the sign-in, and the policy's where it means this very server.

    What IT locks goes before what was chosen, IT's default after it.
    """
    if choice.kind == _CHAT_KIND:
        return (
            _joined(choice, policy, keys.CHAT_OPTIONS)
            if _means(policy, keys.CHAT_URL, choice)
            else choice.options
        )
    is_meant = policy.value(keys.DESK_KIND) == choice.kind and _means(policy, keys.DESK_URL, choice)
    return _joined(choice, policy, keys.DESK_OPTIONS) if is_meant else choice.options


def options_in_use(settings: Settings, policy: Policy) -> tuple[Options, ...]:
    """Give the options of the desk and the chat server that are signed in to."""
    desks = (choice for choice in (settings.desk, settings.chat) if choice is not None)
    return tuple(options_for(choice, policy) for choice in desks)


def other_desk(choice: DeskChoice | None, policy: Policy) -> str:
    """Give the address of the desk that IT wants in place of the one that is signed in to; "" for none."""
    if choice is None or not (policy.locks(keys.DESK_URL) or policy.locks(keys.DESK_KIND)):
        return ""
    kind = policy.value(keys.DESK_KIND) if policy.locks(keys.DESK_KIND) else choice.kind
    if policy.locks(keys.DESK_URL) and not _means(policy, keys.DESK_URL, choice):
        return policy.value(keys.DESK_URL)
    return "" if kind == choice.kind else policy.value(keys.DESK_URL) or choice.url


def _means(policy: Policy, key: Key[str], choice: DeskChoice) -> bool:
    """Tell whether this server is the one of the policy; a policy that names none means any."""
    return not policy.sets(key) or policy.value(key).rstrip("/") == choice.url.rstrip("/")


def _joined(choice: DeskChoice, policy: Policy, key: Key[Options]) -> Options:
    own, set_by_it = dict(choice.options), dict(policy.value(key))
    return tuple((own | set_by_it if policy.locks(key) else set_by_it | own).items())
