"""Signatures on Windows' files by osslsigncode: with the company's certificate, or one made to try it."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

CERTIFICATE, KEY, TIMESTAMP = "TRACKER_SIGN_CERT", "TRACKER_SIGN_KEY", "TRACKER_SIGN_TIMESTAMP"
"""Environment: two PEM files and the address of a timestamping service; else a certificate is made."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs. A signature without a timestamp ends with its certificate."""

    certificate: Path
    key: Path
    timestamp: str = ""

    def sign(self, path: Path) -> None:
        """Put a signature on an .exe, .com, .dll or .msi, and check it. Raises CalledProcessError."""
        signed = path.with_name(f"{path.name}.signed")
        by = ["-certs", str(self.certificate), "-key", str(self.key), "-h", "sha256", "-n", "Tracker"]
        when = ["-ts", self.timestamp] if self.timestamp else []
        _quietly("osslsigncode", "sign", *by, *when, "-in", str(path), "-out", str(signed))
        signed.replace(path)
        _quietly("osslsigncode", "verify", "-CAfile", str(self.certificate), "-in", str(path))


def signer(folder: Path) -> Signer:
    """Give who signs by the environment, else somebody whom no computer believes."""
    named = os.environ.get(CERTIFICATE, ""), os.environ.get(KEY, "")
    if all(named):
        return Signer(Path(named[0]), Path(named[1]), os.environ.get(TIMESTAMP, ""))
    certificate, key = folder / "try.pem", folder / "try.key"
    usage = ["-addext", "extendedKeyUsage=codeSigning", "-addext", "keyUsage=digitalSignature"]
    subject = ["-subj", "/CN=Tracker, signed to try it out", "-days", "30", "-nodes"]
    files = ["-keyout", str(key), "-out", str(certificate)]
    _quietly("openssl", "req", "-x509", "-newkey", "rsa:3072", *subject, *usage, *files)
    return Signer(certificate, key)


def _quietly(*command: str) -> None:
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise subprocess.CalledProcessError(done.returncode, command, done.stdout, done.stderr)
