"""What was read of books, kept beside the summary so that nothing is read twice.

One file for each content, named by its hash with all that decides how it is read: the
program itself, the year whose rules hold, and what was to be done. A file that is damaged,
or was kept by another version, is as none.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import zlib
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from finsam_xl import __version__
from finsam_xl.batch.reading import Reading
from finsam_xl.batch.stated import Basis, Quantity, Stated
from finsam_xl.money import ratio
from finsam_xl.records import NamedTuple

_ENDING = ".last"
_ROOT = Path(__file__).parents[1]
_PARTS_OF_PROGRAM = (".py", ".toml")


class Kept(NamedTuple):
    """A reading, and the lines of its tidy table without the file's name."""

    reading: Reading
    lines: str


def pack(reading: Reading, lines: str) -> bytes:
    """A reading and its lines as bytes, to be sent and kept."""
    head = json.dumps(_plain(reading), ensure_ascii=False).encode()
    return head + b"\n" + zlib.compress(lines.encode(), 1)


def unpack_reading(content: bytes) -> Reading:
    """The reading of what was packed; raises ``ValueError`` for anything else."""
    head, _, _ = content.partition(b"\n")
    return _reading(json.loads(head))


def unpack_lines(content: bytes) -> str:
    """The lines of what was packed; raises ``ValueError`` for anything else."""
    try:
        return zlib.decompress(content.partition(b"\n")[2]).decode()
    except zlib.error as error:
        raise ValueError from error


class Shelf:
    """The folder of what is kept; one that cannot be written keeps nothing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._has_room = True

    def get(self, key: str) -> bytes | None:
        """What is kept under a key, if it can be used."""
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            content = (self._folder / f"{key}{_ENDING}").read_bytes()
            unpack_reading(content)
            unpack_lines(content)
            return content
        return None

    def put(self, key: str, content: bytes) -> None:
        """Keep something at once and whole: a run that is cut short loses nothing of it."""
        if not self._has_room:
            return
        target = self._folder / f"{key}{_ENDING}"
        temporary = target.with_suffix(f".{os.getpid()}")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(content)
            temporary.replace(target)
        except OSError:
            self._has_room = False
            with contextlib.suppress(OSError):
                temporary.unlink()

    def thin(self, keys: Iterable[str]) -> None:
        """Take away what none of the keys stands for."""
        wanted = {f"{key}{_ENDING}" for key in keys}
        with contextlib.suppress(OSError):
            for path in self._folder.iterdir():
                if path.suffix == _ENDING and path.name not in wanted:
                    path.unlink()


def digest_of(path: Path) -> str:
    """Names what a file holds; raises ``OSError`` for one that cannot be read."""
    made = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(1 << 20):
            made.update(piece)
    return made.hexdigest()


def key_of(digest: str, name: str, today: date, *, recomputes: bool) -> str:
    """What a book of some content is kept under, by the name it has in the tidy table."""
    told = f"{digest}|{name}|{program()}|{today.year}|{recomputes:d}"
    return hashlib.sha256(told.encode()).hexdigest()[:40]


@cache
def program() -> str:
    """Names the program as it is installed: other code may read the same book otherwise."""
    made = hashlib.sha256(__version__.encode())
    for path in sorted(_parts(_ROOT)):
        told = path.stat()
        made.update(f"{path.relative_to(_ROOT)} {told.st_size} {told.st_mtime_ns}".encode())
    return made.hexdigest()[:16]


def _parts(folder: Path) -> Iterator[Path]:
    for one in folder.rglob("*"):
        if one.suffix in _PARTS_OF_PROGRAM:
            yield one


def _plain(reading: Reading) -> dict[str, Any]:
    stated = [
        [one.quantity, one.year, None if one.value is None else one.value.as_integer_ratio(),
         one.slack.as_integer_ratio(), one.opens, one.basis]
        for one in reading.stated
    ]  # fmt: skip
    return reading._asdict() | {"stated": stated}


def _reading(held: dict[str, Any]) -> Reading:
    stated = tuple(
        Stated(
            Quantity(quantity),
            year,
            None if value is None else ratio(*value),
            ratio(*slack),
            opens,
            Basis(basis),
        )
        for quantity, year, value, slack, opens, basis in held["stated"]
    )
    codes = tuple((code, number) for code, number in held["codes"])
    return Reading(**held | {"stated": stated, "codes": codes, "things": tuple(held["things"])})
