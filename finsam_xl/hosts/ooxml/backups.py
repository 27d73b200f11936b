"""The backups of a workbook: what they are called, and which are kept.

The newest are kept, as many as is said; of the others the last of each day for a month, and
before that the last of each month. Nothing but backups of the very workbook is touched.
"""

from __future__ import annotations

import contextlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from finsam_xl.records import NamedTuple

_WORD, _TIME = "säkerhetskopia", "%Y-%m-%d %H.%M.%S"
_ENDING = rf" \({_WORD} (.{{19}})(?: (\d+))?\)"
_NAME = re.compile(rf".+{_ENDING}\.\w+")
_MOST_AT_ONCE = 1000
_EACH_DAY = timedelta(days=31)
"""For how long one is kept of each day."""


class _Backup(NamedTuple):
    when: datetime
    number: int
    path: Path


def names(target: Path, now: datetime) -> Iterator[str]:
    """What a backup of a file may be called, the first that is not taken."""
    for number in range(1, _MOST_AT_ONCE):
        again = f" {number}" if number > 1 else ""
        yield f"{target.stem} ({_WORD} {now:{_TIME}}{again}){target.suffix}"


def is_backup(path: Path) -> bool:
    """Whether a file is called as the backups of some workbook are."""
    return _NAME.fullmatch(_plain(path.name)) is not None


def there(target: Path, home: Path) -> list[Path]:
    """The backups of a file in a folder; none where it cannot be looked into."""
    try:
        return [one.path for one in _found(target, home)]
    except OSError:
        return []


def thin(target: Path, home: Path, now: datetime, newest: int) -> None:
    """Take away the backups of a file that need not be kept; one that cannot be is left."""
    found: list[_Backup] = []
    with contextlib.suppress(OSError):
        found = sorted(_found(target, home), reverse=True)
    # Names tell the time as the clock on the wall showed it.
    kept = {one.path for one in found[:newest]}
    kept |= {one.path for one in _last_of_each(found, now.replace(tzinfo=None))}
    for one in found:
        if one.path not in kept:
            with contextlib.suppress(OSError):
                one.path.unlink()


def _last_of_each(newest_first: Iterable[_Backup], now: datetime) -> Iterator[_Backup]:
    """The last of every day not long ago, and of every month before."""
    seen: set[str] = set()
    for one in newest_first:
        span = f"{one.when:%Y-%m-%d}" if now - one.when <= _EACH_DAY else f"{one.when:%Y-%m}"
        if span not in seen:
            seen.add(span)
            yield one


def _found(target: Path, home: Path) -> Iterator[_Backup]:
    stem, suffix = re.escape(_plain(target.stem)), re.escape(_plain(target.suffix))
    pattern = re.compile(stem + _ENDING + suffix)
    for path in home.iterdir():
        match = pattern.fullmatch(_plain(path.name))
        if match is None or path.is_symlink() or not path.is_file():
            continue
        with contextlib.suppress(ValueError):
            when = datetime.strptime(match[1], _TIME)  # noqa: DTZ007 - local time, as in the name
            yield _Backup(when, int(match[2] or 1), path)


def _plain(name: str) -> str:
    """A name as any file system gives it."""
    return unicodedata.normalize("NFC", name)
