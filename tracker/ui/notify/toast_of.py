"""A notice as a toast, in the reader's words and with as much as they want others to see."""

from PySide6.QtCore import QCoreApplication

from tracker.host.settings import Privacy
from tracker.model.notice import Button, Notice, NoticeClass, Show
from tracker.ui.notify.ways import MAX_LINE, MAX_TITLE, Toast, ToastButton, Urgency
from tracker.ui.plain_text import one_line
from tracker.ui.wording import Wording


def key_of(notice: Notice) -> str:
    """Name the place a notice is shown at: one per request, else one of its own."""
    return f"request:{notice.ticket}" if notice.ticket else f"notice:{notice.id}"


def toast_of(notice: Notice, wording: Wording, privacy: Privacy, *, program: str) -> Toast:
    """Say the notice as `privacy` allows: everything, the subject alone, or only that there is something."""
    title, body = _words(notice, wording, privacy)
    return Toast(
        key=key_of(notice),
        title=title or program,
        body=body,
        buttons=tuple(ToastButton(button.value, label(button)) for button in _buttons(notice, privacy)),
        open_label=label(Button.OPEN),
        # "Critical" would break through "do not disturb" and stay for ever: no news of ours may do that.
        urgency=Urgency.LOW if notice.notice_class is NoticeClass.DIGEST else Urgency.NORMAL,
        silent=notice.show is Show.REPLACE,
        reply=_placeholder(notice, privacy),
    )


def label(button: Button) -> str:
    """Give the words on a button."""
    words = {
        Button.OPEN: QCoreApplication.translate("Toast", "Open"),
        Button.ANSWER: QCoreApplication.translate("Toast", "Answer"),
        Button.WORKS: QCoreApplication.translate("Toast", "It works"),
        Button.NOT_YET: QCoreApplication.translate("Toast", "Not yet"),
        Button.ASK_FOR_NEWS: QCoreApplication.translate("Toast", "Ask for news"),
        Button.CALL_ME: QCoreApplication.translate("Toast", "Call me"),
        Button.RESCHEDULE: QCoreApplication.translate("Toast", "Another time"),
        Button.CHOOSE: QCoreApplication.translate("Toast", "Choose"),
        Button.REPLY: QCoreApplication.translate("Toast", "Reply"),
    }
    return words[button]


def _words(notice: Notice, wording: Wording, privacy: Privacy) -> tuple[str, str]:
    if privacy is Privacy.GENERIC:
        return "", _discreet(notice)
    title = one_line(wording.text(notice.title), MAX_TITLE)
    if privacy is Privacy.SUBJECT:
        return title, _discreet(notice) if notice.ticket else ""
    lines = [notice.body] if notice.detail is None else [notice.body, notice.detail]
    return title, "\n".join(one_line(wording.text(line), MAX_LINE) for line in lines)


def _discreet(notice: Notice) -> str:
    if notice.notice_class is NoticeClass.NEEDS_YOU:
        return QCoreApplication.translate("Toast", "A request of yours is waiting for you.")
    return QCoreApplication.translate("Toast", "There is news about a request of yours.")


def _placeholder(notice: Notice, privacy: Privacy) -> str:
    """Give what stands in the field for an answer; no field where the words to answer are hidden."""
    wanted = Button.REPLY in _buttons(notice, privacy) and bool(notice.ticket)
    return QCoreApplication.translate("Toast", "Write a reply") if wanted else ""


def _buttons(notice: Notice, privacy: Privacy) -> tuple[Button, ...]:
    """List the buttons; what nobody can see on the toast cannot be answered from it."""
    return notice.buttons if privacy is Privacy.FULL else (Button.OPEN,)
