"""The zip around a workbook: reading its parts, and writing it back with the rest untouched."""

from __future__ import annotations

import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, Self
from urllib.parse import unquote

from finsam_xl.errors import WorkbookError
from finsam_xl.hosts.ooxml.xmlspans import damaged, too_much, tree
from finsam_xl.records import NamedTuple

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CHUNK = 1 << 20
_FLAG_ENCRYPTED = 0x1
_LOCAL_HEADER = 30
_END_OF_DIRECTORY, _END_SIZE = b"PK\x05\x06", 22
_COUNTED_ELSEWHERE = 0xFFFF
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    ValueError,
)
"""What reading a damaged zip raises: an offset or a length in it may say anything."""
_A_WORKBOOK = "Ange en arbetsbok (.xlsx)."
_NOT_OPENED = {
    FileNotFoundError: ("Filen finns inte", "Kontrollera sökvägen."),
    IsADirectoryError: ("Det är en mapp och ingen fil", _A_WORKBOOK),
}
_LOCKED = (
    "Filen går inte att öppna",
    "Kontrollera att du har läsrätt och att filen inte är låst.",
)
_MOST_PARTS = 60_000
"""More than any workbook has; a directory has room for 65 535, our own among them."""
_TIGHTEST = 40
"""How many times its packed size an honest part unpacks to, at most, beside what any may."""
_FREE_TO_READ, _FREE = 16 << 20, 512 << 20
"""Bytes that may be unpacked however tight they are packed: of a part that is read, of all."""
_FREE_ELEMENTS, _ELEMENTS_PER_BYTE, _SHORTEST_ELEMENT = 500_000, 2, 4
"""How many elements any part may hold, and how many more for every byte it is packed in."""
_WHENCE = "Kontrollera varifrån den kommer."
OPEN_AND_SAVE = "Öppna den i Excel och spara den som Excel-arbetsbok (.xlsx)."


def part_key(name: str) -> str:
    """A part's name as packages compare it: without regard to case or escapes."""
    return unquote(name).lstrip("/").lower()


def is_folder(path: Path) -> bool:
    """Whether a path is a folder; where it may not be looked, it is not known to be."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _swollen(info: zipfile.ZipInfo) -> int:
    """The bytes that an entry unpacks to beyond what its packed size can honestly hold."""
    return max(info.file_size - _TIGHTEST * info.compress_size, 0)


class Fingerprint(NamedTuple):
    """What tells whether a file is still the one that was read: size, time, checksums of parts."""

    size: int
    modified: int
    file: int
    parts: int


class Entry(NamedTuple):
    """An entry of the zip as it stands there: header and packed data, and its directory record."""

    data: bytes
    record: bytes

    @property
    def content(self) -> bytes:
        """What is packed."""
        name, extra = struct.unpack_from("<2H", self.data, _LOCAL_HEADER - 4)
        (size,) = struct.unpack_from("<L", self.record, 20)
        packed = self.data[_LOCAL_HEADER + name + extra :][:size]
        is_stored = self.record[10:12] == b"\0\0"
        return packed if is_stored else zlib.decompress(packed, -15)


class Package:
    """An open workbook file. Parts are read on demand; nothing is held in memory."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            if stat.S_ISREG(path.stat().st_mode) or path.is_dir():
                self._file: BinaryIO = path.open("rb")
            else:
                # A device may go on for ever, and a pipe wait for ever.
                raise self._refused("är en enhet eller ett rör och ingen fil", _A_WORKBOOK)
        except OSError as error:
            what, remedy = next(
                (said for kind, said in _NOT_OPENED.items() if isinstance(error, kind)), _LOCKED
            )
            raise WorkbookError(f"{what}.", where=str(path), remedy=remedy) from error
        try:
            self._zip = self._open_zip()
            self._check_kind()
        except OSError as error:
            self._file.close()
            raise self._broken() from error
        except BaseException:
            self._file.close()
            raise
        self.fingerprint = self._take_fingerprint()

    def _open_zip(self) -> zipfile.ZipFile:
        start = self._file.read(8)
        if start == _OLE:
            raise self._ole_error()
        if not start:
            raise self._refused("är tom", OPEN_AND_SAVE)
        try:
            archive = zipfile.ZipFile(self._file)
        except _UNREADABLE as error:
            if start[:2] == b"PK":
                raise self._broken() from error
            raise self._refused("är inte en Excel-arbetsbok", OPEN_AND_SAVE) from error
        if not self._hangs_together(archive):
            raise self._broken()
        if len(archive.infolist()) > _MOST_PARTS:
            raise self._refused(f"har fler än {_MOST_PARTS} delar", OPEN_AND_SAVE)
        if sum(map(_swollen, archive.infolist())) > _FREE:
            raise self._refused("packas upp till orimligt mycket", _WHENCE)
        return archive

    def _broken(self) -> WorkbookError:
        return self._refused(
            "är avklippt eller skadad",
            "Hämta den på nytt, eller öppna den i Excel och låt den repareras.",
        )

    def _hangs_together(self, archive: zipfile.ZipFile) -> bool:
        """Whether no entry reaches into the next, and the directory holds as many as it says.

        ``zipfile`` reads on regardless, and runs of entries are copied by where they start.
        """
        entries = sorted(archive.infolist(), key=lambda info: info.header_offset)
        edges = [*(info.header_offset for info in entries), archive.start_dir][1:]
        fits = all(
            info.header_offset >= 0
            and info.header_offset + _LOCAL_HEADER + info.compress_size <= edge
            for info, edge in zip(entries, edges, strict=True)
        )
        self._file.seek(archive.start_dir)
        rest = self._file.read()
        end = rest.rfind(_END_OF_DIRECTORY)
        if not fits or end < 0 or len(rest) < end + _END_SIZE:
            return False
        told = int.from_bytes(rest[end + 10 : end + 12], "little")
        return told in (_COUNTED_ELSEWHERE, len(entries))

    def _ole_error(self) -> WorkbookError:
        self._file.seek(0)
        tail = b""
        while chunk := self._file.read(_CHUNK):
            if "EncryptedPackage".encode("utf-16-le") in tail + chunk:
                return self._refused(
                    "är lösenordsskyddad",
                    "Öppna den i Excel, ta bort lösenordet under Arkiv – Info – Skydda arbetsbok, "
                    "och spara.",
                )
            tail = chunk[-64:]
        return self._refused("har det äldre formatet .xls", OPEN_AND_SAVE)

    def _refused(self, what: str, remedy: str) -> WorkbookError:
        return WorkbookError(f"Filen {what}.", where=str(self.path), remedy=remedy)

    def _check_kind(self) -> None:
        names = set(self._zip.namelist())
        if len({part_key(name) for name in names}) < len(self._zip.namelist()):
            raise self._refused("har två delar med samma namn", OPEN_AND_SAVE)
        if "[Content_Types].xml" in names:
            if any(info.flag_bits & _FLAG_ENCRYPTED for info in self._zip.infolist()):
                raise self._refused("har krypterade delar", "Spara den utan lösenord.")
            self.workbook = self._main_part()
            return
        if "mimetype" in names and b"opendocument" in self.read("mimetype"):
            raise self._refused(
                "är ett kalkylblad i OpenDocument-format (.ods)",
                "Öppna den i LibreOffice eller Excel och spara den som .xlsx.",
            )
        raise self._refused("är en zip-fil men ingen Excel-arbetsbok", OPEN_AND_SAVE)

    def _main_part(self) -> str:
        names = set(self._zip.namelist())
        if "_rels/.rels" in names:
            for relation in tree(self.read("_rels/.rels"), "_rels/.rels", 2).children:
                if (relation.get("Type") or "").endswith("/officeDocument"):
                    part = (relation.get("Target") or "").lstrip("/")
                    if part.endswith(".bin"):
                        raise self._refused("har det binära formatet .xlsb", OPEN_AND_SAVE)
                    if part in names and tree(self.read(part), part, 1).local == "workbook":
                        return part
        raise self._refused("är ett Office-dokument men ingen Excel-arbetsbok", OPEN_AND_SAVE)

    def _take_fingerprint(self) -> Fingerprint:
        told = os.fstat(self._file.fileno())
        parts = 0
        for info in self._zip.infolist():
            parts = zlib.crc32(f"{info.filename}:{info.CRC}".encode(), parts)
        return Fingerprint(told.st_size, told.st_mtime_ns, told.st_ino, parts)

    def has_changed(self) -> bool:
        """Whether the file on disk is no longer the one that was opened."""
        try:
            told = self.path.stat()
        except OSError:
            return True
        if (told.st_size, told.st_mtime_ns, told.st_ino) == self.fingerprint[:3]:
            return False
        try:
            with Package(self.path) as again:
                return again.fingerprint.parts != self.fingerprint.parts
        except WorkbookError:
            return True

    @property
    def names(self) -> list[str]:
        """The parts, in the order they stand in the file."""
        return self._zip.namelist()

    def __contains__(self, name: str) -> bool:
        return name in self._zip.NameToInfo

    def size(self, name: str) -> int:
        """The uncompressed size of a part."""
        try:
            return self._zip.getinfo(name).file_size
        except KeyError as error:
            raise damaged(name) from error

    def read(self, name: str) -> bytes:
        """The content of a part; a damaged or missing one raises ``WorkbookError``."""
        # Piece by piece: unpacked in one go a part may be larger than the directory says.
        data = b"".join(self.chunks(name))
        if len(data) > _FREE_ELEMENTS * _SHORTEST_ELEMENT:
            elements = data.count(b"<") - data.count(b"</")
            packed = self._zip.getinfo(name).compress_size
            if elements > _FREE_ELEMENTS + _ELEMENTS_PER_BYTE * packed:
                raise too_much(name)
        return data

    def chunks(self, name: str) -> Iterator[bytes]:
        """The content of a part piece by piece, for parts too large to hold."""
        if name in self and _swollen(self._zip.getinfo(name)) > _FREE_TO_READ:
            raise too_much(name)
        return self._unpacked(name)

    def try_out(self, name: str) -> None:
        """Unpack a part that nobody reads; a damaged one raises ``WorkbookError``."""
        for _ in self._unpacked(name):
            pass

    def _unpacked(self, name: str) -> Iterator[bytes]:
        try:
            with self._zip.open(name) as stream:
                while chunk := stream.read(_CHUNK):
                    yield chunk
        except (KeyError, *_UNREADABLE) as error:
            raise damaged(name) from error

    @contextmanager
    def let_go(self, kept: Path | None) -> Iterator[None]:
        """Closes the file while it is replaced; then reads on from ``kept``, the same bytes.

        Windows replaces no file that someone has open, not even ourselves.
        """
        self._file.close()
        replaced = False
        try:
            yield
            replaced = True
        finally:
            with suppress(OSError):
                self._file = (kept if replaced and kept else self.path).open("rb")
                self._zip = zipfile.ZipFile(self._file)

    def close(self) -> None:
        """Close the file."""
        self._zip.close()
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def entry(self, name: str) -> Entry:
        """A part as it is packed."""
        from finsam_xl.hosts.ooxml.packagewriter import packed_entry

        return packed_entry(self._file, self._zip, name)

    def write(
        self,
        target: BinaryIO,
        changed: Mapping[str, bytes],
        removed: frozenset[str] = frozenset(),
        entries: Mapping[str, Entry] = MappingProxyType({}),
    ) -> None:
        """Write the package to ``target`` with some parts changed, added or removed.

        Unchanged entries are copied as they are, in their order; new parts follow last.
        ``entries``: parts of the package that are put in as they were once packed.
        """
        from finsam_xl.hosts.ooxml.packagewriter import PackageWriter

        PackageWriter(self._file, self._zip, target).write(changed, removed, entries)
