"""Writing a package anew with a few entries changed and all others byte for byte as they were."""

from __future__ import annotations

import errno
import os
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import BinaryIO

from finsam_xl.errors import WorkbookError
from finsam_xl.hosts.ooxml.package import Entry
from finsam_xl.hosts.ooxml.xmlspans import damaged
from finsam_xl.records import NamedTuple

_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_END = struct.Struct("<4s4H2LH")
_LIMIT = 0xFFFFFFFF
_NEW_DATE = 0x21  # 1980-01-01, as Excel itself writes
_NO_SENDFILE = {errno.EINVAL, errno.ENOSYS, errno.ENOTSOCK, errno.EBADF}
_CHUNK = 1 << 20
_FLAG_DESCRIPTOR, _FLAG_UTF8 = 0x8, 0x800


def central_records(source: BinaryIO, archive: zipfile.ZipFile) -> dict[str, bytes]:
    """The raw directory records, in the directory's order."""
    source.seek(archive.start_dir)
    data = source.read()
    records: dict[str, bytes] = {}
    at = 0
    for info in archive.infolist():
        fields = _CENTRAL.unpack_from(data, at)
        size = _CENTRAL.size + sum(fields[10:13])
        records[info.filename] = data[at : at + size]
        at += size
    return records


def packed_entry(source: BinaryIO, archive: zipfile.ZipFile, name: str) -> Entry:
    """An entry as it stands in the file, up to where the next one begins."""
    start = archive.getinfo(name).header_offset
    later = (info.header_offset for info in archive.infolist() if info.header_offset > start)
    end = min(later, default=archive.start_dir)
    source.seek(start)
    data = source.read(end - start)
    return Entry(data, central_records(source, archive)[name])


class PackageWriter:
    """Copies runs of unchanged entries and writes the changed ones between them."""

    def __init__(self, source: BinaryIO, archive: zipfile.ZipFile, target: BinaryIO) -> None:
        self._source, self._target, self._zip = source, target, archive
        self._directory: dict[str, bytes] = {}

    def write(
        self,
        changed: Mapping[str, bytes],
        removed: frozenset[str],
        packed: Mapping[str, Entry],
    ) -> None:
        """Write every entry: the unchanged as they are, in order, then the new ones."""
        entries = sorted(self._zip.infolist(), key=lambda info: info.header_offset)
        end = self._zip.start_dir
        if end >= _LIMIT:
            raise WorkbookError("Filen är större än 4 GB.", remedy="Dela upp arbetsboken.")
        originals = central_records(self._source, self._zip)
        edges = [info.header_offset for info in entries[1:]] + [end]
        run_start, position = 0, 0
        for info, edge in zip(entries, edges, strict=True):
            name = info.filename
            if name not in changed and name not in removed and name not in packed:
                offset = position + info.header_offset - run_start
                self._directory[name] = _at_offset(originals[name], offset)
                continue
            position += self._copy(run_start, info.header_offset)
            run_start = edge
            if name in packed:
                self._directory[name] = _at_offset(packed[name].record, position)
                position += self._target.write(packed[name].data)
            elif name in changed:
                position += self._put(name, changed[name], position, originals[name])
        position += self._copy(run_start, end)
        for name in changed:
            if name not in self._zip.NameToInfo:
                position += self._put(name, changed[name], position, None)
        self._finish(position, [n for n in originals if n in self._directory], changed)

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
                raise damaged("zip")
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
            raise damaged(name)
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
        count, comment = len(order), self._zip.comment
        self._target.write(
            _END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), position, len(comment))
            + comment
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
