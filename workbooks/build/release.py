"""All files of a release in one folder.

The wheel, the add-in, the extension, the workbooks with buttons and those for Lite, the handbook,
how to install, update and take away, and the sums to compare with. Two runs are the same byte
for byte.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from finsam_xl import __version__
from finsam_xl.cli.handbook import PAGES
from finsam_xl.doctor.probe.installed import package
from finsam_xl.hosts.packing import pack

_ROOT = Path(__file__).resolve().parents[2]
_LONG_AGO = "1580601600"
"""The time of every file in the wheel (2020-02-02, hatchling's own choice), whatever is set."""
WHEEL = f"finsam_xl-{__version__}-py3-none-any.whl"
SUMS, GUIDE, HANDBOOK = "SHA256SUMS", "Installera.txt", "handbok.zip"


def write(folder: Path, books: Mapping[str, Callable[[], bytes]]) -> None:
    """Write a release into a new folder; ``books``: what people open or add in, by its name."""
    folder.mkdir(parents=True)
    sums = []
    every = {**books, WHEEL: wheel, HANDBOOK: handbook, GUIDE: guide}
    for name in sorted(every):
        data = every[name]()
        (folder / name).write_bytes(data)
        sums.append(f"{hashlib.sha256(data).hexdigest()}  {name}\n")
        print(f"built: {name}")
    (folder / SUMS).write_text("".join(sums), encoding="ascii", newline="\n")


def wheel() -> bytes:
    """The wheel, built by pip from the sources as they are."""
    with tempfile.TemporaryDirectory(prefix="finsam-") as folder:
        command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
        command += ["--no-build-isolation", "--wheel-dir", folder, str(_ROOT)]
        subprocess.run(command, check=True, env=os.environ | {"SOURCE_DATE_EPOCH": _LONG_AGO})
        return (Path(folder) / WHEEL).read_bytes()


def guide() -> bytes:
    """How to install, update and take away."""
    text = Path(__file__).with_name("installera.txt").read_text(encoding="utf-8")
    text = text.replace("{version}", __version__).replace("{xlwings}", package("xlwings").wanted)
    # Notepad shows the letters right by the mark at the beginning.
    return text.replace("\n", "\r\n").encode("utf-8-sig")


def handbook() -> bytes:
    """The pages of the handbook, for those who have not installed the program yet."""
    files = sorted(path for path in PAGES.rglob("*") if path.is_file())
    return pack(
        {f"handbok/{path.relative_to(PAGES).as_posix()}": path.read_bytes() for path in files}
    )
