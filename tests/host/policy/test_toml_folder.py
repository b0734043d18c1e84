"""IT's policy in files: what they set, what is wrong with them by file and line, and which do not count."""

import os
from pathlib import Path

import pytest

from tracker.host.policy import keys
from tracker.host.policy.policy import Policy
from tracker.host.policy.reading import read_policy
from tracker.host.policy.toml_folder import check_file, read_folder
from tracker.host.policy.toml_lines import lines_of

OURS = frozenset({os.getuid(), 0})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "policy.d"
    made.mkdir(mode=0o755)
    return made


def put(folder: Path, text: str, name: str = "10.toml") -> Path:
    file = folder / name
    file.write_text(text)
    file.chmod(0o644)
    return file


def read(folder: Path) -> Policy:
    return read_folder(folder, OURS)


def said(folder: Path) -> list[str]:
    """Give what is complained of, without the folder's own name."""
    return [str(complaint).replace(f"{folder}/", "") for complaint in read(folder).complaints]


def test_what_a_file_sets_is_set_with_file_and_line(folder: Path) -> None:
    file = put(folder, '# first\n[desk]\nkind = "rt"\nurl = "https://rt.example.org"\n')
    policy = read(folder)
    assert policy.value(keys.DESK_KIND) is keys.DeskKind.RT
    assert policy.given["desk.url"].source == f"{file}:4"
    assert not policy.locks(keys.DESK_URL)
    assert policy.complaints == ()


def test_a_later_file_replaces_values_and_nothing_else(folder: Path) -> None:
    put(folder, 'locked = ["desk"]\n[desk]\nurl = "https://one.example"\nkind = "rt"\n', "10.toml")
    put(folder, '[desk]\nurl = "https://two.example"\n', "20.toml")
    policy = read(folder)
    assert policy.value(keys.DESK_URL) == "https://two.example"
    assert policy.value(keys.DESK_KIND) is keys.DeskKind.RT
    assert policy.locks(keys.DESK_URL), "locked by whichever file"
    assert policy.locks(keys.DESK_KIND)
    assert not policy.locks(keys.PROXY)


def test_hidden_files_and_what_an_editor_left_behind_do_not_count(folder: Path) -> None:
    for name in (".10.toml", "#10.toml#", "10.toml~", ".#10.toml", "10.toml.bak", "README", "#10.toml"):
        put(folder, 'nonsense = "x"', name)
    assert read(folder) == Policy()


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("[desk]\nurl = \n", ["10.toml:2: This is not TOML: Invalid value. The whole file is ignored."]),
        (
            '[desk]\nkind = "rt"\nurl = "unclosed',
            ["10.toml: This is not TOML: Unterminated string. The whole file is ignored."],
        ),
        ("[desks]\nurl = 3\n", ["10.toml:1: There is no section “desks”. It is ignored."]),
        ('\n[desk]\nport = "3"\n', ["10.toml:3: There is no “desk.port”. It is ignored."]),
        ('desk = "rt"\n', ["10.toml:1: “desk” must be a section with values in it. It is ignored."]),
        (
            "[start]\nautostart = 1\n",
            ["10.toml:2: “start.autostart” must be true or false. It is ignored."],
        ),
        (
            "[privacy]\ncache_days = 0\n",
            ["10.toml:2: “privacy.cache_days” must be a whole number from 1 to 3,650. It is ignored."],
        ),
        (
            '[desk]\nkind = "jira"\n',
            ["10.toml:2: “desk.kind” must be one of rt, frontdesk. It is ignored."],
        ),
        (
            '[look]\naccent = "#FFFF00"\n',
            [
                "10.toml:2: “look.accent” cannot be read on white: the contrast is too low, "
                "take another colour. It is ignored."
            ],
        ),
        (
            'locked = ["desk.url"]\n',
            ["10.toml:1: “desk.url” is locked, but nothing sets it. People choose it themselves."],
        ),
        ('locked = ["desks"]\n', ["10.toml:1: There is no “desks” to lock. The lock is ignored."]),
        (
            'locked = "desk"\n',
            ['10.toml:1: “locked” must be a list of names such as ["desk", "network.proxy"]. It is ignored.'],
        ),
        (
            '[desk]\nkind = "rt"\nlocked = ["desk"]\n',
            ["10.toml:3: “locked” must stand above the first section. It is ignored."],
        ),
        (
            '[desk]\nkind = "rt"\nkind = "rt"\n',
            ["10.toml:3: This is not TOML: A value is given twice. The whole file is ignored."],
        ),
        (
            '[desk]\nkind = "rt"\n[look]\n[desk]\n',
            [
                "10.toml:4: This is not TOML: The section “desk” stands there twice. "
                "The whole file is ignored."
            ],
        ),
        (
            'locked = ["desk.kind"]\n[desk]\nkind = 3\n',
            ["10.toml:3: “desk.kind” must be one of rt, frontdesk. It is ignored."],
        ),
    ],
)
def test_what_is_wrong_is_said_by_file_and_line(text: str, sentences: list[str], folder: Path) -> None:
    put(folder, text)
    assert said(folder) == sentences


def test_a_bad_value_takes_no_other_with_it(folder: Path) -> None:
    put(folder, '[desk]\nkind = "rt"\nurl = "https://rt.example"\n', "10.toml")
    put(folder, '[desk]\nurl = 7\n[network]\nproxy = "direct"\n', "20.toml")
    policy = read(folder)
    assert policy.value(keys.DESK_URL) == "https://rt.example", "the earlier one"
    assert policy.value(keys.PROXY) == "direct"
    assert len(policy.complaints) == 1


def test_a_file_that_is_no_toml_takes_no_other_file_with_it(folder: Path) -> None:
    put(folder, "[desk", "10.toml")
    put(folder, '[desk]\nkind = "rt"\n', "20.toml")
    assert read(folder).value(keys.DESK_KIND) is keys.DeskKind.RT


def test_files_that_do_not_count_are_named(folder: Path, tmp_path: Path) -> None:
    outside = put(tmp_path, '[desk]\nkind = "rt"\n')
    (folder / "1.toml").symlink_to(outside)
    put(folder, "", "2.toml").chmod(0o664)
    put(folder, "", "3.toml").chmod(0o646)
    (folder / "4.toml").mkdir()
    os.mkfifo(folder / "5.toml")
    put(folder, "#" * (1024 * 1024 + 1), "6.toml")
    (folder / "7.toml").write_bytes(b"[desk]\n# \xff\xfe\n")
    put(folder, "x = " + "[" * 5000, "8.toml")
    assert read(folder).given == {}
    assert said(folder) == [
        "1.toml: This file is a link; the file itself must lie here. It is ignored.",
        "2.toml: This file can be written by others than its owner. It is ignored.",
        "3.toml: This file can be written by others than its owner. It is ignored.",
        "4.toml: This file is no ordinary file. It is ignored.",
        "5.toml: This file is no ordinary file. It is ignored.",
        "6.toml: This file is larger than 1 MB. It is ignored.",
        "7.toml: This file is not written in UTF-8. It is ignored.",
        "8.toml: This file has values nested too deeply. It is ignored.",
    ]


def test_what_a_normal_user_put_there_does_not_count(folder: Path) -> None:
    file = put(folder, '[desk]\nkind = "rt"\n')
    what = f"{folder}: This folder"
    if os.geteuid() == 0:  # else the folder itself is a normal user's
        os.chown(file, 1234, -1)
        what = f"{file}: This file"
    policy = read_folder(folder)
    assert policy.given == {}
    assert [str(each) for each in policy.complaints] == [
        f"{what} belongs to a normal user, not to root. It is ignored."
    ]


@pytest.mark.parametrize("mode", [0o775, 0o757])
def test_a_folder_that_others_can_write_to_does_not_count(mode: int, folder: Path) -> None:
    put(folder, '[desk]\nkind = "rt"\n')
    folder.chmod(mode)
    assert read(folder).given == {}
    assert "This folder can be written by others" in str(read(folder).complaints[0])


def test_a_folder_that_is_a_link_does_not_count(folder: Path, tmp_path: Path) -> None:
    put(folder, '[desk]\nkind = "rt"\n')
    link = tmp_path / "link"
    link.symlink_to(folder)
    assert read(link).given == {}
    assert "This folder is no folder of its own, or a link to one." in str(read(link).complaints[0])


def test_a_folder_of_ones_own_can_be_tried_out(folder: Path) -> None:
    environment = {"TRACKER_POLICY_DIR": str(folder)}
    assert read_policy(environment) == Policy()
    put(folder, '[desk]\nkind = "rt"\n')
    assert read_policy(environment).value(keys.DESK_KIND) is keys.DeskKind.RT
    assert read_policy({"TRACKER_POLICY_DIR": str(folder / "gone")}) == Policy()


def test_a_file_is_checked_wherever_it_lies_and_whoever_wrote_it(tmp_path: Path) -> None:
    file = put(tmp_path, "\ufeff[desk]\r\nkind = 'rt'\r\nurl = 3\r\n", "draft")
    file.chmod(0o666)
    policy = check_file(file)
    assert policy.value(keys.DESK_KIND) is keys.DeskKind.RT
    assert [complaint.where for complaint in policy.complaints] == [f"{file}:3"]
    assert "No such file" in str(check_file(tmp_path / "gone").complaints[0])


def test_a_line_is_found_however_the_file_is_written() -> None:
    text = (
        'desk.kind = "rt"\n'  # 1
        "locked = [ # one = 1\n"  # 2
        '  "desk",\n'
        "]\n"
        '[ network ] # ["x"]\n'  # 5
        'proxy = """a\n'
        "[look]\n"
        'name = "in the text"\n'
        '"""\n'
        "\"pac_url\" = '''\n"  # 10
        "x = 3\n"
        "'''\n"
        "[desk.options]\n"  # 13
        'a = { b = "c" }\n'
    )
    assert lines_of(text) == {
        "desk.kind": 1,
        "locked": 2,
        "network": 5,
        "network.proxy": 6,
        "network.pac_url": 10,
        "desk.options": 13,
        "desk.options.a": 14,
    }


@pytest.mark.parametrize(
    "url",
    [
        "https://[::1",
        "https://[help]",
        "https://a..b",
        "https://help.example.org:99999",
        "https://me@help",
        "http://help.example.org",
        "x",
    ],
)
def test_an_address_that_nothing_could_ask_is_no_address(url: str, folder: Path) -> None:
    put(folder, f'[desk]\nurl = "{url}"\n')
    assert said(folder) == [
        "10.toml:2: “desk.url” must be an address that starts with https:// and holds no user name. "
        "It is ignored."
    ]


@pytest.mark.parametrize(
    "url",
    ["https://[::1]:8443/rt", "http://127.0.0.1:8080", "https://bücher.example/?a@b", "https://help:65535"],
)
def test_addresses_of_all_kinds_count(url: str, folder: Path) -> None:
    put(folder, f'[desk]\nurl = "{url}"\n')
    assert read(folder).value(keys.DESK_URL) == url


@pytest.mark.parametrize(
    ("name", "mode", "sentence"),
    [
        ("10.toml", 0o644, ""),
        ("10.toml", 0o664, "This file can be written by others than its owner. It is ignored."),
        ("10.toml", 0o600, "This file cannot be read by everybody: set its mode to 644. It is ignored."),
        (
            "10.conf",
            0o644,
            "This file has a name that does not count: it must end in .toml and not be hidden. "
            "It is ignored.",
        ),
    ],
)
def test_a_file_where_it_counts_is_also_checked_for_whether_it_does(
    name: str, mode: int, sentence: str, folder: Path, tmp_path: Path
) -> None:
    file = put(folder, '[desk]\nkind = "rt"\n', name)
    file.chmod(mode)
    told = [complaint.sentence for complaint in check_file(file, folder, OURS).complaints]
    assert told == ([sentence] if sentence else [])
    assert check_file(file, tmp_path / "elsewhere", OURS).complaints == ()


def test_a_proxy_configuration_may_come_over_http(folder: Path) -> None:
    put(folder, '[network]\npac_url = "http://wpad.example.org/wpad.dat"\n')
    assert read(folder).value(keys.PAC_URL) == "http://wpad.example.org/wpad.dat"
