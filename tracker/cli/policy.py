"""policy: check a file that IT has written, and tell what counts on this computer and why."""

import argparse
import json
import os

from tracker.cli.output import complain, write, write_json
from tracker.core import exits
from tracker.core.policy_report import KeyReport, policy_report
from tracker.host.paths import ProfilePaths
from tracker.host.policy.reading import owners_in, policy_folder, read_policy
from tracker.host.policy.toml_folder import check_file


def check(arguments: argparse.Namespace) -> int:
    """Say what a file would set; the exit status is 1 if any of it cannot be used. Needs no profile."""
    folder = policy_folder(os.environ)
    policy = check_file(arguments.file, folder, owners_in(folder))
    for complaint in policy.complaints:
        complain(str(complaint))
    if policy.complaints:
        return exits.REFUSED
    locked = sum(given.locked for given in policy.given.values())
    count = len(policy.given)
    values = "1 value" if count == 1 else f"{count} values"
    write(f"{arguments.file}: nothing is wrong. It sets {values}, {locked or 'none'} of them locked.")
    return exits.DONE


def report(arguments: argparse.Namespace, paths: ProfilePaths) -> int:
    """Print each key with the value that counts and where it comes from."""
    made = policy_report(read_policy(), paths.settings)
    if arguments.json:
        write_json(made)
        return exits.DONE
    for key in made.keys:
        write(_line(key))
    for sentence in (*made.remarks, *made.complaints):
        write(f"! {sentence}")
    return exits.DONE


def _line(key: KeyReport) -> str:
    locked = ", locked" if key.locked else ""
    later = ", counts from the next start" if key.next_start else ""
    return f"{key.name} = {json.dumps(key.value, ensure_ascii=False)}  ({key.source}{locked}{later})"
