"""The tables of a file (*Infoga › Tabell*), which formulas name in place of addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable

from finsam_xl.formulas.blocks import block
from finsam_xl.formulas.tables import Table
from finsam_xl.hosts.ooxml.package import Package
from finsam_xl.hosts.ooxml.packageparts import Relations, relations_part
from finsam_xl.hosts.ooxml.workbookpart import SheetEntry
from finsam_xl.hosts.ooxml.xmlspans import Node, tree

_NAMED = "table"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DEPTH = 3
"""How deep in a table's part its columns stand."""


def excel_tables(package: Package, sheets: Iterable[SheetEntry]) -> dict[str, Table]:
    """Every table of a file's sheets by its name in lower case."""
    if not any(_NAMED in name.lower() for name in package.names):
        return {}
    found = {}
    for entry in sheets:
        if relations_part(entry.part) not in package:
            continue
        for _, part in Relations(package, entry.part).targets(_NAMED):
            if part in package:
                root = tree(package.read(part), part, _DEPTH)
                name = root.get("displayName") or root.get("name") or ""
                table = _table(root, entry.name)
                if name and table is not None:
                    found[name.lower()] = table
    return found


def _table(root: Node, sheet: str) -> Table | None:
    area = block(root.get("ref") or "")
    columns = next((one.children for one in root.children if one.local == "tableColumns"), ())
    if area is None:
        return None
    return Table(
        sheet,
        *area,
        tuple(_name(one.get("name") or "") for one in columns),
        int(root.get("headerRowCount") or 1),
        int(root.get("totalsRowCount") or 0),
    )


def _name(written: str) -> str:
    """A column's name as formulas have it: a break of lines is escaped in the part."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), written)
