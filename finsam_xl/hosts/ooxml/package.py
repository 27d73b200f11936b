"""The zip around a workbook: reading its parts, and writing it back with the rest untouched."""

from __future__ import annotations

import errno
import os
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, NamedTuple, Self

from finsam_xl.errors import WorkbookError
from finsam_xl.hosts.ooxml.xmlspans import damaged, tree

_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_END = struct.Struct("<4s4H2LH")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LIMIT = 0xFFFFFFFF
_CHUNK = 1 << 20
_FLAG_ENCRYPTED, _FLAG_DESCRIPTOR, _FLAG_UTF8 = 0x1, 0x8, 0x800
_NEW_DATE = 0x21  # 1980-01-01, as Excel itself writes
_NO_SENDFILE = {errno.EINVAL, errno.ENOSYS, errno.ENOTSOCK, errno.EBADF}
OPEN_AND_SAVE = "Öppna den i Excel och spara den som Excel-arbetsbok (.xlsx)."


class Fingerprint(NamedTuple):
    """What tells whether a file is still the one that was read: size, time, checksums of parts."""

    size: int
    modified: int
    parts: int


class Package:
    """An open workbook file. Parts are read on demand; nothing is held in memory."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._file: BinaryIO = path.open("rb")
        except FileNotFoundError as error:
            raise WorkbookError(
                f"Filen {path.name} finns inte.", where=str(path), remedy="Kontrollera sökvägen."
            ) from error
        except IsADirectoryError as error:
            raise WorkbookError(
                f"{path.name} är en mapp.", where=str(path), remedy="Ange en arbetsbok (.xlsx)."
            ) from error
        except OSError as error:
            raise WorkbookError(
                f"Filen {path.name} går inte att öppna ({error.strerror}).",
                where=str(path),
                remedy="Kontrollera att du har läsrätt och att filen inte är låst.",
            ) from error
        try:
            self._zip = self._open_zip()
            self._check_kind()
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
            return zipfile.ZipFile(self._file)
        except (zipfile.BadZipFile, struct.error, ValueError, EOFError) as error:
            if start[:2] == b"PK":
                raise self._refused(
                    "är avklippt eller skadad",
                    "Hämta den på nytt, eller öppna den i Excel och låt den repareras.",
                ) from error
            raise self._refused("är inte en Excel-arbetsbok", OPEN_AND_SAVE) from error

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
        return WorkbookError(f"Filen {self.path.name} {what}.", where=str(self.path), remedy=remedy)

    def _check_kind(self) -> None:
        names = set(self._zip.namelist())
        if "[Content_Types].xml" in names:
            if any(info.flag_bits & _FLAG_ENCRYPTED for info in self._zip.infolist()):
                raise self._refused("har krypterade delar", "Spara den utan lösenord.")
            self.workbook = self._main_part()
            return
        if "mimetype" in names and b"opendocument" in self._zip.read("mimetype"):
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
                    if part in names and b"workbook" in self.read(part)[:4096]:
                        return part
        raise self._refused("är ett Office-dokument men ingen Excel-arbetsbok", OPEN_AND_SAVE)

    def _take_fingerprint(self) -> Fingerprint:
        stat = os.fstat(self._file.fileno())
        parts = 0
        for info in self._zip.infolist():
            parts = zlib.crc32(f"{info.filename}:{info.CRC}".encode(), parts)
        return Fingerprint(stat.st_size, stat.st_mtime_ns, parts)

    def has_changed(self) -> bool:
        """Whether the file on disk is no longer the one that was opened."""
        try:
            stat = self.path.stat()
        except OSError:
            return True
        if (stat.st_size, stat.st_mtime_ns) == self.fingerprint[:2]:
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
        return self._zip.getinfo(name).file_size

    def read(self, name: str) -> bytes:
        """The content of a part; a damaged or missing one raises ``WorkbookError``."""
        try:
            return self._zip.read(name)
        except KeyError as error:
            raise damaged(name, "delen saknas") from error
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise damaged(name, str(error)) from error

    def chunks(self, name: str) -> Iterator[bytes]:
        """The content of a part piece by piece, for parts too large to hold."""
        try:
            with self._zip.open(name) as stream:
                while chunk := stream.read(_CHUNK):
                    yield chunk
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise damaged(name, str(error)) from error

    def close(self) -> None:
        """Close the file."""
        self._zip.close()
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def write(
        self, target: BinaryIO, changed: Mapping[str, bytes], removed: frozenset[str] = frozenset()
    ) -> None:
        """Write the package to ``target`` with some parts changed, added or removed.

        Unchanged entries are copied as they are, in their order; new parts follow last.
        """
        _Writer(self._file, self._zip, target).write(changed, removed)


class _Writer:
    """Copies runs of unchanged entries and writes the changed ones between them."""

    def __init__(self, source: BinaryIO, archive: zipfile.ZipFile, target: BinaryIO) -> None:
        self._source, self._target, self._zip = source, target, archive
        self._directory: dict[str, bytes] = {}

    def write(self, changed: Mapping[str, bytes], removed: frozenset[str]) -> None:
        entries = sorted(self._zip.infolist(), key=lambda info: info.header_offset)
        end = self._zip.start_dir
        if end >= _LIMIT:
            raise WorkbookError("Filen är större än 4 GB.", remedy="Dela upp arbetsboken.")
        originals = self._central_records()
        edges = [info.header_offset for info in entries[1:]] + [end]
        run_start, position = 0, 0
        for info, edge in zip(entries, edges, strict=True):
            name = info.filename
            if name not in changed and name not in removed:
                offset = position + info.header_offset - run_start
                self._directory[name] = _at_offset(originals[name], offset)
                continue
            position += self._copy(run_start, info.header_offset)
            run_start = edge
            if name in changed:
                position += self._put(name, changed[name], position, originals[name])
        position += self._copy(run_start, end)
        for name in changed:
            if name not in self._zip.NameToInfo:
                position += self._put(name, changed[name], position, None)
        self._finish(position, [n for n in originals if n in self._directory], changed)

    def _central_records(self) -> dict[str, bytes]:
        """The raw directory records, in the directory's order."""
        self._source.seek(self._zip.start_dir)
        data = self._source.read()
        records: dict[str, bytes] = {}
        at = 0
        for info in self._zip.infolist():
            fields = _CENTRAL.unpack_from(data, at)
            size = _CENTRAL.size + sum(fields[10:13])
            records[info.filename] = data[at : at + size]
            at += size
        return records

    def _copy(self, start: int, end: int) -> int:
        """Copy bytes of the source as they are, inside the kernel where that can be done."""
        self._target.flush()
        remaining, offset = end - start, start
        while remaining and hasattr(os, "sendfile"):
            try:
                sent = os.sendfile(self._target.fileno(), self._source.fileno(), offset, remaining)
            except OSError as error:
                if error.errno in _NO_SENDFILE:
                    break
                raise
            if not sent:
                break
            offset += sent
            remaining -= sent
        self._target.seek(0, os.SEEK_END)
        self._source.seek(offset)
        while remaining:
            chunk = self._source.read(min(_CHUNK, remaining))
            if not chunk:
                raise damaged("zip", "filen tog slut")
            self._target.write(chunk)
            remaining -= len(chunk)
        return end - start

    def _put(self, name: str, data: bytes, offset: int, original: bytes | None) -> int:
        """Write one entry anew, compressed the way it was."""
        header = _Header.of(original) if original else _NEW
        raw_name = header.name or name.encode()
        packed = data
        if header.method == zipfile.ZIP_DEFLATED:
            deflate = zlib.compressobj(6, zlib.DEFLATED, -15)
            packed = deflate.compress(data) + deflate.flush()
        elif header.method != zipfile.ZIP_STORED:
            raise damaged(name, f"packningsmetod {header.method}")
        sizes = (zlib.crc32(data), len(packed), len(data), len(raw_name))
        common = (header.needed, header.flags, header.method, header.time, header.date)
        self._directory[name] = (
            _CENTRAL.pack(
                b"PK\x01\x02",
                header.made_by,
                *common,
                *sizes,
                0,
                0,
                0,
                header.internal,
                header.external,
                offset,
            )
            + raw_name
        )
        local = _LOCAL.pack(b"PK\x03\x04", *common, *sizes, 0) + raw_name
        self._target.write(local)
        self._target.write(packed)
        return len(local) + len(packed)

    def _finish(self, position: int, kept: list[str], changed: Mapping[str, bytes]) -> None:
        order = kept + [name for name in changed if name not in kept]
        directory = b"".join(self._directory[name] for name in order)
        self._target.write(directory)
        count = len(order)
        self._target.write(
            _END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), position, 0)
        )


def _at_offset(record: bytes, offset: int) -> bytes:
    return record[:42] + struct.pack("<L", offset) + record[46:]


class _Header(NamedTuple):
    """What of a directory record lives on when its entry is written anew."""

    made_by: int
    needed: int
    flags: int
    method: int
    time: int
    date: int
    internal: int
    external: int
    name: bytes

    @classmethod
    def of(cls, record: bytes) -> _Header:
        """Read a directory record; sizes no longer follow the data, so that flag goes."""
        fields = _CENTRAL.unpack_from(record)
        name = record[_CENTRAL.size : _CENTRAL.size + fields[10]]
        _, made_by, needed, flags, method, time, date = fields[:7]
        flags &= ~_FLAG_DESCRIPTOR
        internal, external = fields[14:16]
        return cls(made_by, needed, flags, method, time, date, internal, external, name)


_NEW = _Header(20, 20, _FLAG_UTF8, zipfile.ZIP_DEFLATED, 0, _NEW_DATE, 0, 0, b"")
