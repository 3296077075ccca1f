"""A player's SSH login opens its seat and nothing else, as the README says to set it up."""

from __future__ import annotations

import getpass
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

from tests.web.site import begin, environment, free_port, read_codes, runtime

SSHD = shutil.which("sshd") or ("/usr/sbin/sshd" if Path("/usr/sbin/sshd").exists() else None)
pytestmark = pytest.mark.skipif(
    SSHD is None or shutil.which("ssh") is None or sys.platform == "win32",
    reason="no SSH server here: apt install openssh-server",
)
DOCS = Path(__file__).parent.parent / "docs" / "room.md"


@attrs.define
class Login:
    """How a test logs in."""

    folder: Path
    port: int
    codes: dict[str, str]

    def run(self, *words: str, seconds: float = 12.0, tty: bool = True) -> str:
        """What a login shows within a while; it is cut off then."""
        options = [
            "-F", "/dev/null", "-i", str(self.folder / "key"), "-p", str(self.port),
            "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null",
            "-o", "BatchMode=yes", "-o", "LogLevel=ERROR",
        ]  # fmt: skip
        if tty:
            options.append("-tt")
        who = f"{getpass.getuser()}@127.0.0.1"
        with (self.folder / "out").open("wb") as out:
            process = subprocess.Popen(
                ["ssh", *options, who, *words], stdin=subprocess.PIPE, stdout=out, stderr=out,
                env={**os.environ, "TERM": "xterm-256color"},
            )  # fmt: skip
            end = time.monotonic() + seconds
            while time.monotonic() < end and process.poll() is None:
                time.sleep(0.1)
                if "to your desk" in self._told():
                    break
            process.kill()
            process.wait()
        return self._told()

    def _told(self) -> str:
        raw = (self.folder / "out").read_bytes().decode("utf-8", "replace")
        return re.sub(r"\x1b\[[0-9;?]*[ -/]*[@-~]", "", raw)


def forced_line() -> str:
    """The line of authorized_keys that the documentation gives."""
    found = re.search(r"^(restrict,pty,command=.*) ssh-ed25519", DOCS.read_text(), re.MULTILINE)
    assert found is not None
    return found.group(1)


@pytest.fixture(scope="module")
def login(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Login]:
    folder = tmp_path_factory.mktemp("ssh")
    save = folder / "room.exercise"
    begin(folder, save, "northern-strait")
    codes = read_codes(folder)
    host = subprocess.Popen(
        [sys.executable, "-m", "exercise", "host", str(save), "--save", str(save), "--no-screen"],
        env=environment(folder), cwd=folder, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert host.stdout is not None
    for line in host.stdout:
        if line.startswith("join with"):
            break
    for name in ("key", "hostkey"):
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)], check=True
        )
    program = folder / "exercise"
    given = "".join(f"export {k}={v!r}\n" for k, v in environment(folder).items())
    program.write_text(f'#!/bin/sh\n{given}exec {sys.executable} -m exercise "$@"\n')
    program.chmod(0o755)
    line = (
        forced_line()
        .replace("K7QP-3MXD", codes["dorvik"])
        .replace(" exercise join", f" {program} join")
    )
    (folder / "authorized").write_text(f"{line} {(folder / 'key.pub').read_text()}")
    port = free_port()
    (folder / "config").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder}/hostkey\nPidFile none\n"
        f"AuthorizedKeysFile {folder}/authorized\nStrictModes no\nUsePAM no\n"
        "PasswordAuthentication no\nPermitRootLogin prohibit-password\n"
        "Subsystem sftp internal-sftp\n"
    )
    assert SSHD is not None
    Path("/run/sshd").mkdir(exist_ok=True) if os.geteuid() == 0 else None
    server = subprocess.Popen(
        [SSHD, "-D", "-e", "-f", str(folder / "config")], stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield Login(folder, port, codes)
    finally:
        server.kill()
        host.kill()
        server.wait()
        host.wait()
        shutil.rmtree(runtime(folder), ignore_errors=True)


def test_a_login_opens_the_players_seat(login: Login) -> None:
    told = login.run()
    assert "You are" in told
    assert "Dorvik" in told


@pytest.mark.parametrize("command", ["id", "cat /etc/passwd", "exercise control", "/bin/sh -i"])
def test_a_login_that_asks_for_something_else_gets_its_seat(login: Login, command: str) -> None:
    told = login.run(command)
    assert "uid=" not in told
    assert "root:" not in told
    assert "You are" in told


def test_a_login_copies_no_files_and_forwards_nothing(login: Login) -> None:
    told = login.run("-s", "sftp", seconds=4.0, tty=False)
    assert "You are" not in told
    port = free_port()
    login.run("-L", f"{port}:127.0.0.1:{login.port}", seconds=6.0)
    with socket.socket() as probe:
        probe.settimeout(2)
        assert probe.connect_ex(("127.0.0.1", port)) != 0
