"""IT's own authorities: whatever is wrong with the file is said, and the rest counts."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from tracker.desks.certificates import make_tls_context
from tracker.desks.extra_ca import read_extra_ca


def pem(name: str = "Example") -> str:
    return trustme.CA(organization_name=name).cert_pem.bytes().decode()


def ended() -> str:
    """An authority's certificate that has ended."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Old")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(datetime(2019, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2020, 1, 1, tzinfo=UTC))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    return made.public_bytes(Encoding.PEM).decode()


def test_every_certificate_of_a_file_counts(tmp_path: Path) -> None:
    file = tmp_path / "ca.pem"
    file.write_text(f"# ours\n{pem('One')}\nwords between\n{pem('Two')}")
    extra = read_extra_ca(file)
    assert len(extra.blocks) == 2
    assert not extra.complaints


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"  \n", "is empty"),
        (b"\x30\x82\x01\x00", "no certificate in PEM form"),
        (b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "no certificate in PEM form"),
        (b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "is damaged"),
        (b"x" * (4 * 1024 * 1024 + 1), "too large"),
    ],
)
def test_a_file_that_is_none_is_said(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "ca.pem"
    file.write_bytes(content)
    extra = read_extra_ca(file)
    assert not extra.blocks
    assert said in " ".join(extra.complaints)


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    assert "cannot be read" in read_extra_ca(tmp_path / "none.pem").complaints[0]
    assert "cannot be read" in read_extra_ca(tmp_path).complaints[0]
    assert read_extra_ca(Path("a\0b")).complaints


@pytest.mark.expected_logs("Certificate 1 of 2 in .* is damaged")
def test_what_is_damaged_is_left_out_and_the_rest_counts(tmp_path: Path) -> None:
    file = tmp_path / "ca.pem"
    file.write_text(f"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n{pem()}")
    extra = read_extra_ca(file)
    assert len(extra.blocks) == 1
    assert extra.complaints == (f"Certificate 1 of 2 in {file} is damaged.",)
    make_tls_context(file)


def test_what_has_ended_is_left_out_and_said(tmp_path: Path) -> None:
    file = tmp_path / "ca.pem"
    file.write_text(ended() + pem())
    extra = read_extra_ca(file)
    assert len(extra.blocks) == 1
    assert "Certificate 1 of 2" in extra.complaints[0]
    assert "ended on Jan  1 00:00:00 2020 GMT" in extra.complaints[0]
