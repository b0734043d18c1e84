"""A profile at work under IT's policy: from the start on, and when it changes meanwhile."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from tests.core.house import House, submit, there
from tests.store.samples import create
from tracker.core.policy_report import policy_report
from tracker.core.reading import refused_acts
from tracker.desks.base import Desk, DeskConfig, SecretSource
from tracker.host.policy.policy import NO_POLICY
from tracker.host.policy.reading import read_policy
from tracker.host.settings import Privacy, Settings, ThemeChoice
from tracker.host.settings_file import SettingsFile
from tracker.host.virtual_desktop import wait_until
from tracker.model.cadence import Cadence
from tracker.model.calendar import Calendar
from tracker.model.errors import DeskError
from tracker.model.health import Condition
from tracker.model.listing import Filter
from tracker.model.notice import NoticeClass
from tracker.model.telling import Telling
from tracker.model.ticket import Act, TicketId
from tracker.store.reader import Reader


class Company(House):
    """A house whose IT has a folder for its policy; it notes how desks are opened."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.folder = folder / "policy.d"
        self.folder.mkdir(mode=0o755)
        self.environment["TRACKER_POLICY_DIR"] = str(self.folder)
        self.opened: list[DeskConfig] = []

    def put(self, text: str) -> None:
        file = self.folder / "10.toml"
        file.write_text(text)
        file.chmod(0o644)

    def open_desk(self, config: DeskConfig, secret: SecretSource) -> Desk:
        self.opened.append(config)
        return super().open_desk(config, secret)


@pytest.fixture
def company(tmp_path: Path) -> Company:
    return Company(tmp_path)


def test_the_policy_counts_from_the_start_and_while_running(company: Company) -> None:
    company.put('locked = ["notifications"]\n[notifications]\nnow = "digest"\nquiet_hours = false\n')
    with company.running() as program:
        company.sign_in(program)
        assert program.policy.given
        told = there(program, program.wishes).notify
        assert (told.of(NoticeClass.NOW), told.quiet) == (Telling.DIGEST, None)
        there(program, lambda: program.save_settings(replace(program.settings, quiet_hours=True)))
        assert not program.settings.quiet_hours, "refused without a word"
        there(program, partial(program.use_policy, NO_POLICY))
        told = there(program, program.wishes).notify
        assert told.of(NoticeClass.NOW) is Telling.TOAST
        assert told.quiet is not None


def test_the_desk_learns_what_the_person_chose_and_not_what_it_has_set(company: Company) -> None:
    company.put('locked = ["notifications"]\n[notifications]\nnow = "off"\nprivacy = "generic"\n')
    with company.running() as program:
        company.sign_in(program)
        there(program, lambda: program.save_settings(replace(program.settings, quiet_weekend=False)))
        wait_until(lambda: "jane" in company.helpdesk.preferences, what="the desk to be told")
        kept = company.helpdesk.preferences["jane"]
        assert (kept.of(NoticeClass.NOW), kept.quiet_weekend) == (Telling.TOAST, False)
        assert program.settings.privacy is Privacy.GENERIC


def test_a_window_that_shows_what_was_before_overwrites_nothing(company: Company) -> None:
    with company.running() as program:
        shown = program.settings
        company.put('[look]\ntheme = "dark"\n')
        there(program, partial(program.use_policy, read_policy(company.environment)))
        there(program, partial(program.save_settings, replace(shown, quiet_hours=False), shown=shown))
        assert program.settings.theme is ThemeChoice.DARK
    kept = SettingsFile(company.paths.settings).load()
    assert kept == Settings(quiet_hours=False, notify_changed_at=kept.notify_changed_at)


def test_another_way_to_the_desk_is_taken_at_once(company: Company) -> None:
    company.put("")
    with company.running() as program:
        company.sign_in(program)
        company.watcher.until(Condition.OK)
        before = len(company.opened)
        company.put('[network]\nproxy = "http://proxy.example:3128"\n[look]\ntheme = "dark"\n')
        there(program, partial(program.use_policy, read_policy(company.environment)))
        assert len(company.opened) == before + 1
        assert company.opened[-1].network.proxy == "http://proxy.example:3128"
        company.put('[network]\nproxy = "http://proxy.example:3128"\n')
        there(program, partial(program.use_policy, read_policy(company.environment)))
        assert len(company.opened) == before + 1, "what is no matter of the desk leaves it alone"


def test_the_report_says_where_each_value_comes_from(company: Company) -> None:
    company.put(
        'locked = ["look.theme", "desk"]\n[desk]\nkind = "rt"\nurl = "https://rt.example"\n'
        '[look]\ntheme = "dark"\n[notifications]\nquiet_to = "07:00"\nquiet_from = "19:00"\nnow = "louder"\n'
    )
    settings = company.paths.settings
    settings.write_text(
        '{"quiet_from": "20:00", "theme": "light", '
        '"desk": {"kind": "frontdesk", "url": "https://old.example", "user": "jane"}}'
    )
    report = policy_report(read_policy(company.environment), settings)
    told = {key.name: (key.value, key.source, key.locked) for key in report.keys}
    file = company.folder / "10.toml"
    assert told["look.theme"] == ("dark", f"{file}:6", True)
    assert told["notifications.quiet_to"] == ("07:00", f"{file}:8", False)
    assert told["notifications.quiet_from"] == ("20:00", "your choice", False)
    assert told["notifications.now"] == ("toast", "usual", False)
    assert told["desk.url"] == ("https://rt.example", f"{file}:4", True)
    assert report.complaints == (
        f"{file}:10: “notifications.now” must be one of toast, digest, off. It is ignored.",
    )
    assert report.remarks == ("Signed in at another desk than IT's: sign in anew at https://rt.example.",)


def test_nobody_signs_in_beside_the_desk_that_it_has_locked(company: Company) -> None:
    company.put('locked = ["desk"]\n[desk]\nkind = "frontdesk"\nurl = "https://it.example"\n')
    with company.running() as program:
        with pytest.raises(DeskError, match=r"^IT has set your service desk: https://it\.example\."):
            company.sign_in(program)
        assert program.settings.desk is None


def test_ways_that_it_does_not_offer_are_left_out(company: Company) -> None:
    company.put("[channels]\nchat = false\ncall = false\nrequest = false\n")
    refused = refused_acts(read_policy(company.environment))
    assert refused == {Act.CHAT, Act.ASK_FOR_CALL, Act.RAISE_AGAIN}
    assert refused_acts(NO_POLICY) == frozenset()
    with company.running() as program:
        company.sign_in(program)
        submit(program, create())
    every = Reader(company.paths.store, Calendar(), Cadence())
    (ticket,) = every.tickets(Filter.ALL)
    can = acts_on(every, ticket)
    fewer = Reader(company.paths.store, Calendar(), Cadence(), refused=frozenset(can[:1]))
    assert can
    assert acts_on(fewer, ticket) == can[1:]


def acts_on(reader: Reader, ticket: TicketId) -> tuple[Act, ...]:
    track = reader.track(ticket, datetime.now(UTC))
    reader.close()
    assert track is not None
    return track.you_can
