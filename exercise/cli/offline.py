"""An offline bundle: a folder that installs the program on a machine that has no network.

It holds this checkout's wheel (the shipped scenarios are inside), the wheels of all it needs for
the named platform, the scenarios as files to read and copy, and `INSTALL.txt` with the one command.
pip builds and fetches; where from is pip's own configuration. pip judges `; platform_system ==
"Windows"` and the like by the machine it runs on, so what only the named platform needs is looked
up in the wheels themselves and fetched as well.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from email.parser import HeaderParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from exercise.errors import UsageError

if TYPE_CHECKING:
    from packaging.requirements import Requirement

_PYTHON = re.compile(r"3\.[1-9][0-9]")
OLDEST = 11
"""The least minor version of Python 3 that the program runs on."""


@attrs.frozen
class Machine:
    """A kind of machine: the wheel tags it takes, and what requirements call it."""

    tags: tuple[str, ...]
    os_name: str
    sys_platform: str
    platform_system: str
    platform_machine: str

    def environment(self, python: str) -> dict[str, str]:
        """What the markers of a requirement are judged by."""
        return {
            "os_name": self.os_name,
            "sys_platform": self.sys_platform,
            "platform_system": self.platform_system,
            "platform_machine": self.platform_machine,
            "python_version": python,
            "python_full_version": f"{python}.0",
            "implementation_name": "cpython",
            "platform_python_implementation": "CPython",
            "extra": "",
        }


_LINUX = ("manylinux_2_28_x86_64", "manylinux_2_27_x86_64", "manylinux_2_17_x86_64",
          "manylinux2014_x86_64")  # fmt: skip
PLATFORMS: Mapping[str, tuple[Machine, ...]] = {
    "linux": (Machine(_LINUX, "posix", "linux", "Linux", "x86_64"),),
    "macos": (
        Machine(("macosx_11_0_arm64",), "posix", "darwin", "Darwin", "arm64"),
        Machine(("macosx_10_13_x86_64",), "posix", "darwin", "Darwin", "x86_64"),
    ),
    "windows": (Machine(("win_amd64",), "nt", "win32", "Windows", "AMD64"),),
}
WHERE = {
    "linux": "Linux on x86-64, glibc 2.28 or newer",
    "macos": "macOS 11 or newer, on Apple or Intel processors",
    "windows": "Windows on x86-64",
}


def build_bundle(folder: Path, platform: str, python: str = "") -> dict[str, Any]:
    """Build a bundle in a new folder; raises `UsageError` and then leaves nothing behind.

    `python` is the version on the other machine, such as `3.12`; this machine's by default.
    Returns folder, platform, python, and the names of the wheels.
    """
    python = python or f"3.{sys.version_info.minor}"
    if not _PYTHON.fullmatch(python) or int(python[2:]) < OLDEST:
        raise UsageError(
            f"{python!r} is no version of Python this runs on", f"write 3.{OLDEST} or higher"
        )
    root = _checkout()
    if folder.exists():
        raise UsageError(f"{folder} is there already", "name a folder that does not exist yet")
    if not folder.absolute().parent.is_dir():
        raise UsageError(f"{folder.parent} is no folder", "make it first, or name another")
    with tempfile.TemporaryDirectory(dir=folder.absolute().parent, prefix=".bundle-") as work:
        made = Path(work) / "bundle"
        wheels = made / "wheels"
        wheels.mkdir(parents=True)
        _pip("wheel", "--no-deps", "--wheel-dir", str(wheels), str(root))
        for machine in PLATFORMS[platform]:
            _gather(wheels, machine, python)
        shutil.copytree(root / "scenarios", made / "scenarios")
        (made / "INSTALL.txt").write_text(_instructions(platform, python), encoding="utf-8")
        made.rename(folder)
    names = sorted(path.name for path in (folder / "wheels").iterdir())
    return {"folder": str(folder), "platform": platform, "python": python, "wheels": names}


def bundle_text(result: Mapping[str, Any]) -> str:
    """What was built, for people."""
    what = f"{len(result['wheels'])} wheels for {result['platform']}, Python {result['python']}"
    return f"{result['folder']}: {what}; INSTALL.txt says how to install them"


def _checkout() -> Path:
    """The checkout that this runs from, or stands in; raises `UsageError`."""
    for root in (Path(__file__).resolve().parents[2], Path.cwd()):
        if (root / "pyproject.toml").is_file() and (root / "exercise" / "__main__.py").is_file():
            return root
    raise UsageError(
        "a bundle is built from a checkout, and this is an installed copy elsewhere",
        "clone the project and run this in its folder",
    )


def _gather(wheels: Path, machine: Machine, python: str) -> None:
    """Fetch what the wheels in the folder require on a machine, and what those require."""
    wanted = [str(path) for path in wheels.glob("exercise-*.whl")]
    while wanted:
        tags = [part for tag in machine.tags for part in ("--platform", tag)]
        _pip("download", "--only-binary=:all:", *tags, "--python-version", python,
             "--implementation", "cp", "--dest", str(wheels), *wanted)  # fmt: skip
        there = {_name(path.name.partition("-")[0]) for path in wheels.glob("*.whl")}
        environment = machine.environment(python)
        wanted = sorted(
            f"{need.name}{need.specifier}"
            for need in _requirements(wheels)
            if _name(need.name) not in there
            and (need.marker is None or need.marker.evaluate(environment))
        )


def _requirements(wheels: Path) -> Iterator[Requirement]:
    """What every wheel in a folder says it requires, conditions included."""
    try:
        from packaging.requirements import Requirement
    except ImportError:
        raise UsageError(
            "packaging is not installed, which reads what wheels require",
            "install it with pip install -e '.[bundle]'",
        ) from None
    for path in sorted(wheels.glob("*.whl")):
        with zipfile.ZipFile(path) as archive:
            inside = next(n for n in archive.namelist() if n.endswith(".dist-info/METADATA"))
            about = HeaderParser().parsestr(archive.read(inside).decode("utf-8"))
        for line in about.get_all("Requires-Dist", []):
            yield Requirement(line)


def _name(text: str) -> str:
    return re.sub(r"[-_.]+", "-", text).lower()


def _pip(*words: str) -> None:
    """Run this Python's pip; raises `UsageError` with what it said."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", *words]
    done = subprocess.run(
        command, capture_output=True, text=True, errors="replace", stdin=subprocess.DEVNULL
    )
    if done.returncode == 0:
        return
    raise UsageError(
        f"pip {words[0]} failed: {_complaint(done.stderr.splitlines())}",
        "a bundle is built where a package registry answers; where this one does, try the named "
        "package with pip alone",
    )


def _complaint(lines: Sequence[str]) -> str:
    """What of pip's words says why: its errors, else its last line."""
    errors = [line.removeprefix("ERROR: ") for line in lines if line.startswith("ERROR: ")]
    said = [line for line in lines if line.strip()]
    return "; ".join(errors[-3:]) or (said[-1].strip() if said else "it said nothing")


def _instructions(platform: str, python: str) -> str:
    begin = r".venv\Scripts\python" if platform == "windows" else ".venv/bin/python"
    run = r".venv\Scripts\exercise" if platform == "windows" else ".venv/bin/exercise"
    first = "py" if platform == "windows" else "python3"
    return f"""exercise, to be installed without a network

For {WHERE[platform]}, with Python {python}.

In this folder, with any Python {python}:

    python -m pip install --no-index --find-links wheels exercise

Or, leaving that Python as it is, in an environment of its own:

    {first} -m venv .venv
    {begin} -m pip install --no-index --find-links wheels exercise
    {run} demo

The scenarios are installed with it. Those in the folder scenarios are the same ones, to read and
to copy; exercise check FILE says whether one holds.
"""
