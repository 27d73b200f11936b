"""What formulas read like in their own cells: one text may be shared, and tables are named.

The tables of a file (*Infoga › Tabell*) stand in formulas in place of addresses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from finsam_xl.formulas.blocks import block
from finsam_xl.formulas.moving import moved
from finsam_xl.formulas.tables import Table
from finsam_xl.hosts.ooxml.package import Package
from finsam_xl.hosts.ooxml.packageparts import Relations, relations_part
from finsam_xl.hosts.ooxml.sheetpart import Formula
from finsam_xl.hosts.ooxml.workbookpart import SheetEntry
from finsam_xl.hosts.ooxml.xmlspans import Node, tree, unescape, whole_number

_NAMED = "table"
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
        tuple(unescape(one.get("name") or "") for one in columns),
        whole_number(root.get("headerRowCount") or "1"),
        whole_number(root.get("totalsRowCount")),
    )


def own_texts(formulas: Mapping[tuple[int, int], Formula]) -> dict[tuple[int, int], str]:
    """Every formula's own text; members of a shared group get theirs from the first."""
    masters = {
        f.group: (place, f.text) for place, f in formulas.items() if f.kind == "shared" and f.text
    }
    texts = {}
    for place, formula in formulas.items():
        text = formula.text
        if formula.kind == "shared" and not text and formula.group in masters:
            origin, shared = masters[formula.group]
            text = moved(shared, origin, place)
        texts[place] = text
    return texts
