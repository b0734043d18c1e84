"""Files in and out: streamed, limited, named safely, kept whole or not at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.frontdesk.clock import Clock
from tests.frontdesk.house import House, new_key
from tracker.frontdesk.carrying_out import forget_unused_files
from tracker.frontdesk.desk import Desk
from tracker.frontdesk.filenames import safe_name, type_of
from tracker.frontdesk.filestore import FOLDER
from tracker.frontdesk.server import ServeConfig, serving
from tracker.frontdesk.storage.uploads import add_upload, all_upload_ids
from tracker.frontdesk.values import Attachment

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


def test_a_file_travels_with_a_message_and_comes_back_the_same(house: House) -> None:
    content = bytes(range(256)) * 5_000
    file = house.anna.upload("Größe ☂.bin", content)
    number = house.anna.raise_ticket(attachments=[file["id"]])
    assert house.tess.events(number)[0]["attachments"] == [file]
    answer = house.tess.ask("GET", f"/attachments/{file['id']}")
    assert answer.content == content
    assert answer.headers["Content-Length"] == str(len(content))
    assert (
        answer.headers["Content-Disposition"]
        == "attachment; filename*=utf-8''Gr%C3%B6%C3%9Fe%20%E2%98%82.bin"
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["ETag"] == f'"{file["sha256"]}"'
    part = house.tess.ask("GET", f"/attachments/{file['id']}", headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, content[10:20])


@pytest.mark.parametrize("announced", [True, False])
def test_a_file_over_the_limit_is_refused_and_leaves_nothing(
    folder: Path, house: House, announced: bool
) -> None:
    limit = house.anna.get("/desk")["limits"]["attachment_bytes"]

    def too_much() -> Iterator[bytes]:
        for _ in range(limit // (1 << 20) + 1):
            yield bytes(1 << 20)

    content = bytes(limit + 1) if announced else too_much()
    answer = house.anna.http.post(
        "/attachments", params={"filename": "x"}, content=content, headers={"Idempotency-Key": new_key()}
    )
    assert (answer.status_code, answer.json()["error"]) == (413, "too_large")
    assert "25 MB" in answer.json()["message"]
    assert list((folder / FOLDER).iterdir()) == []


def test_an_empty_file_is_refused(house: House) -> None:
    answer = house.anna.ask("POST", "/attachments", params={"filename": "x"}, content=b"")
    assert (answer.status_code, answer.json()["message"]) == (400, "The file is empty.")


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\anna\\plan.docx", "plan.docx"),
        ("..", "file"),
        ("/", "file"),
        ("CON.txt", "_CON.txt"),
        ("nul", "_nul"),
        ("a\0b\r\nc.txt", "abc.txt"),
        ("photo\u202egnp.exe", "photognp.exe"),
        ('say "hi" <b>.txt', "say hi b.txt"),
        (" .hidden. ", "hidden"),
        ("x" * 500 + ".pdf", "x" * 146 + ".pdf"),
    ],
)
def test_tricks_in_file_names_are_taken_out(house: House, folder: Path, sent: str, kept: str) -> None:
    file = house.anna.upload(sent)
    assert file["name"] == kept
    assert [path.name for path in (folder / FOLDER).iterdir()] == [file["id"]]


@given(st.text(max_size=400))
def test_any_name_becomes_a_plain_one(name: str) -> None:
    tidy = safe_name(name)
    assert 1 <= len(tidy) <= 151
    assert not set(tidy) & set('/\\<>:"|?*\0\n\r')
    assert tidy not in (".", "..")
    assert safe_name(tidy) == tidy
    assert Path("folder", tidy).parent == Path("folder")


@pytest.mark.parametrize(
    ("name", "content", "mime"),
    [
        ("photo.png", PNG, "image/png"),
        ("photo.txt", PNG, "image/png"),
        ("photo.png", b"\0\1\2 not a picture", "application/octet-stream"),
        ("notes.txt", b"caf\xc3\xa9", "text/plain"),
        ("notes", b"words", "text/plain"),
        ("page.html", b"<script>alert(1)</script>", "text/html"),
        ("picture.png", b"<script>alert(1)</script>", "text/plain"),
        ("report.pdf", b"%PDF-1.7 ...", "application/pdf"),
        ("tool.pdf", b"MZ\x90\0", "application/vnd.microsoft.portable-executable"),
        ("sheet.xlsx", b"PK\x03\x04\0", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("order.txt", b"BMW and MZ parts", "text/plain"),
        ("letter.txt", "ä".encode() * 255 + b"x\xc3", "text/plain"),
    ],
)
def test_what_a_file_is_comes_from_its_content_first(name: str, content: bytes, mime: str) -> None:
    assert type_of(name, content[:512]) == mime


def test_what_a_file_is_does_not_depend_on_how_it_was_cut_on_the_way(house: House) -> None:
    pieces = (bytes([byte]) for byte in PNG)
    answer = house.anna.ask("POST", "/attachments", params={"filename": "x"}, content=pieces)
    assert (answer.json()["mime"], answer.json()["size"]) == ("image/png", len(PNG))


def test_a_file_is_used_once_and_at_most_ten_go_with_a_message(house: House) -> None:
    file_id = house.anna.upload()["id"]
    number = house.anna.raise_ticket(attachments=[file_id])
    again = house.anna.no(f"/tickets/{number}/replies", {"text": "x", "attachments": [file_id]})
    assert again[:2] == (400, "invalid")
    many = [f"id-{n}" for n in range(11)]
    assert house.anna.no(f"/tickets/{number}/replies", {"text": "x", "attachments": many})[:2] == (
        400,
        "invalid",
    )


def test_a_message_may_be_a_file_alone_but_not_nothing(house: House) -> None:
    number = house.anna.raise_ticket()
    file_id = house.anna.upload()["id"]
    assert house.anna.no(f"/tickets/{number}/replies", {"text": " "})[:2] == (400, "invalid")
    house.anna.ok(f"/tickets/{number}/replies", {"text": "", "attachments": [file_id]})


def test_files_that_no_message_names_go_after_a_day(open_desk: Desk, clock: Clock) -> None:
    attachment = Attachment(id="f1", name="x", size=1, mime="text/plain", sha256="00")
    open_desk.files.path("f1").write_bytes(b"x")
    with open_desk.writing() as connection:
        add_upload(connection, attachment, uploader="u1", at=clock().timestamp())
    clock.pass_by(hours=23)
    forget_unused_files(open_desk)
    assert open_desk.files.path("f1").exists()
    clock.pass_by(hours=2)
    forget_unused_files(open_desk)
    assert not open_desk.files.path("f1").exists()
    with open_desk.reading() as connection:
        assert all_upload_ids(connection) == set()


def test_what_a_killed_desk_left_half_done_is_swept_at_the_start(folder: Path) -> None:
    (folder / FOLDER).mkdir(exist_ok=True)
    for name in ("left.part", "unknown"):
        (folder / FOLDER / name).write_bytes(b"half")
    with serving(ServeConfig(folder)):
        assert list((folder / FOLDER).iterdir()) == []
