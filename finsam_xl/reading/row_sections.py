"""What each row stands under: the headings above it, and the sums that end what they head."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from finsam_xl.reading.row_found import Found
from finsam_xl.reading.row_table import RowTable


def section_names(table: RowTable) -> list[str]:
    """The headings that each row stands under; a heading right below another is inside it."""
    found: list[str] = []
    names: list[str] = []
    section = group = ""
    is_after_heading = False
    for row, role in enumerate(table.roles):
        name = table.names[row]
        if role == "section":
            names = [*names[-1:], name.text] if is_after_heading else [name.text]
            section = " / ".join(names)
        elif name.group != group:
            group = section = name.group
        is_after_heading = role == "section"
        found.append(section)
    return found


def summed_sections(table: RowTable, found: Mapping[int, Found]) -> list[str]:
    """The sections once the sums are known.

    A sum of more than its section ends it: it and the rows after it are in none until the next
    heading. Lines below the total that they make are in what that total names.
    """
    headed = dict(_headed(table, found))
    spans = {row: min(n for n, _ in one.parts) for row, one in found.items() if one.parts}
    sections: list[str] = []
    start, named, is_past = 0, "", False
    for row, role in enumerate(table.roles):
        name = table.sections[row]
        if role == "section" or name != named:
            start, named, is_past = row, name, False
        is_past |= role != "section" and spans.get(row, start) < start
        sections.append(headed.get(row, "" if is_past else name))
    return sections


def _headed(table: RowTable, found: Mapping[int, Found]) -> Iterator[tuple[int, str]]:
    """The rows that a total heads, each with what it is called."""
    for head, one in found.items():
        if one.how == "lines-after":
            for row, _ in one.parts:
                yield row, table.names[head].text
