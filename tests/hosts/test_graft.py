"""The report sheet in the workbook: whole, in its place, replaced without a trace."""

from __future__ import annotations

import contextlib
import io
import posixpath
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import pytest
import xlsxwriter
from openpyxl.chart import BarChart, Reference

from finsam_xl.hosts.ooxml.render import render, writable
from support.rich_workbook import (
    FIRST_ROW,
    HEADING_ROW,
    HEADINGS,
    HIDDEN_SHEET,
    MAIN,
    OFFICE_RELS,
    PACKAGE_RELS,
    ROWS,
    build_rich_workbook,
    check_package,
    missing_features,
)
from support.workbooks import NOW, SOCIAL_BUDGET, copy, workbook

pytestmark = pytest.mark.filterwarnings("ignore:::openpyxl")

NAME = "Rapport Impactindex"
REPORT = ("impactindex",)
BOOK, STYLES, STRINGS = "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"
OWNER = "_finsam_rapport_impactindex"
Make = Callable[[Path], Path]


def shipped(folder: Path) -> Path:
    """A copy of the shipped social budget."""
    return copy(SOCIAL_BUDGET, folder)


def rich(folder: Path) -> Path:
    """The workbook with everything other tools destroy, a chart among it."""
    build_rich_workbook(folder / "rik.xlsx")
    return folder / "rik.xlsx"


BOTH = pytest.mark.parametrize("make", [shipped, rich])


def add_report(path: Path) -> bytes:
    """Recompute with the report, in place; gives the report as a workbook of its own."""
    with workbook(path) as book:
        result = book.recompute(REPORT)
        book.apply(result.plan)
    return render([writable(sheet) for sheet in result.plan.sheets])


def parts_of(path: Path) -> dict[str, bytes]:
    """Every part's content."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def change_parts(path: Path, change: Callable[[str, str], str]) -> None:
    """Put every XML part through ``change``, as a person's own program might."""
    parts = parts_of(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            is_text = name.endswith((".xml", ".rels"))
            archive.writestr(name, change(name, data.decode()) if is_text else data)


def change_part(path: Path, part: str, old: str, new: str) -> None:
    """Replace a text that must occur in a part."""
    assert old in parts_of(path)[part].decode()
    change_parts(path, lambda name, text: text.replace(old, new) if name == part else text)


def sheet_names(path: Path) -> list[str]:
    """The names of the sheets, in order."""
    root = ET.fromstring(parts_of(path)[BOOK])
    return [sheet.get("name", "") for sheet in root.iter(f"{{{MAIN}}}sheet")]


def targets(parts: dict[str, bytes], part: str) -> dict[str, str]:
    """Where a part's relations lead: id → part."""
    folder, name = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    if rels not in parts:
        return {}
    return {
        relation.get("Id", ""): posixpath.normpath(
            posixpath.join("/", folder, relation.get("Target", ""))
        ).lstrip("/")
        for relation in ET.fromstring(parts[rels]).iter(f"{{{PACKAGE_RELS}}}Relationship")
        if relation.get("TargetMode") != "External"
    }


def sheet_part(path: Path, name: str) -> str:
    """The part a sheet is in."""
    parts = parts_of(path)
    for sheet in ET.fromstring(parts[BOOK]).iter(f"{{{MAIN}}}sheet"):
        if sheet.get("name") == name:
            return targets(parts, BOOK)[sheet.get(f"{{{OFFICE_RELS}}}id", "")]
    raise KeyError(name)


def orphans(path: Path) -> set[str]:
    """Parts that nothing leads to."""
    parts = parts_of(path)
    found: set[str] = set()
    waiting = [""]
    while waiting:
        part = waiting.pop()
        for target in targets(parts, part).values():
            if target not in found:
                found.add(target)
                waiting.append(target)
    kept = {name for name in parts if not name.endswith(".rels")} - {"[Content_Types].xml"}
    return kept - found


def own_names(path: Path) -> list[tuple[str, str | None, str | None, str]]:
    """Defined names: name, sheet position, hidden, and what it stands for."""
    root = ET.fromstring(parts_of(path)[BOOK])
    return [
        (node.get("name", ""), node.get("localSheetId"), node.get("hidden"), node.text or "")
        for node in root.iter(f"{{{MAIN}}}definedName")
    ]


def look(book: bytes | Path, name: str) -> dict[str, object]:
    """How a sheet looks to openpyxl: cells, their formats, sizes, merges and page."""
    source = io.BytesIO(book) if isinstance(book, bytes) else book
    loaded = openpyxl.load_workbook(source)
    with contextlib.closing(loaded):
        sheet = loaded[name]
        return {
            "cells": {
                cell.coordinate: (
                    getattr(cell.value, "text", cell.value),
                    *map(repr, (cell.font, cell.fill, cell.border, cell.alignment)),
                    cell.number_format,
                    repr(cell.protection),
                )
                for row in sheet.iter_rows()
                for cell in row
                if cell.has_style or cell.value is not None
            },
            "merged": sorted(map(str, sheet.merged_cells.ranges)),
            "widths": {k: (d.min, d.max, d.width) for k, d in sheet.column_dimensions.items()},
            "heights": {row: d.height for row, d in sheet.row_dimensions.items()},
            "page": [
                repr(part)
                for part in (
                    sheet.page_setup,
                    sheet.page_margins,
                    (sheet.oddFooter.left.text, sheet.oddFooter.right.text),
                    sheet.sheet_properties,
                    sheet.row_breaks,
                )
            ],
            "print": (sheet.print_title_rows, re.sub(r"'[^']*'!", "", str(sheet.print_area))),
        }


def charts(path: Path, name: str) -> list[Any]:
    """The charts openpyxl sees on a sheet."""
    loaded = openpyxl.load_workbook(path)
    with contextlib.closing(loaded):
        return list(loaded[name]._charts)


def chart_title(chart: Any) -> str:
    """The text of a chart's title."""
    return "".join(
        run.t for paragraph in chart.title.tx.rich.paragraphs for run in paragraph.r or ()
    )


# Adding it.


@BOTH
def test_the_report_comes_last_and_the_workbook_opens_on_it(make: Make, tmp_path: Path) -> None:
    """The sheets a person made keep their order; of two selected tabs both would be typed in."""
    path = make(tmp_path)
    before = sheet_names(path)
    add_report(path)
    assert sheet_names(path) == [*before, NAME]
    with contextlib.closing(openpyxl.load_workbook(path)) as book:
        assert book.active.title == NAME
        assert [s.title for s in book.worksheets if s.sheet_view.tabSelected] == [NAME]
    assert check_package(path) == []
    assert orphans(path) == set()


@BOTH
def test_every_sheet_has_an_id_and_a_relation_of_its_own(make: Make, tmp_path: Path) -> None:
    """Excel repairs a workbook where two sheets share either."""
    path = make(tmp_path)
    add_report(path)
    sheets = list(ET.fromstring(parts_of(path)[BOOK]).iter(f"{{{MAIN}}}sheet"))
    for attribute in ("sheetId", f"{{{OFFICE_RELS}}}id", "name"):
        assert len({sheet.get(attribute) for sheet in sheets}) == len(sheets)


@BOTH
def test_names_tell_whose_the_sheet_is_and_what_is_printed(make: Make, tmp_path: Path) -> None:
    """A hidden name for the owner; print area and title rows local to the sheet."""
    path = make(tmp_path)
    before = own_names(path)
    add_report(path)
    added = {name[0]: name[1:] for name in own_names(path) if name not in before}
    place = str(sheet_names(path).index(NAME))
    assert set(added) == {OWNER, "_xlnm.Print_Area", "_xlnm.Print_Titles"}
    assert added[OWNER] == (None, "1", f"'{NAME}'!$A$1")
    assert added["_xlnm.Print_Titles"] == (place, None, f"'{NAME}'!$2:$2")
    assert added["_xlnm.Print_Area"][0] == place
    assert re.fullmatch(rf"'{NAME}'!\$A\$1:\$[A-Z]+\$\d+", added["_xlnm.Print_Area"][2])
    assert [name for name in own_names(path) if name in before] == before


@BOTH
def test_the_sheet_looks_as_it_was_drawn(make: Make, tmp_path: Path) -> None:
    """Fonts, fills, borders, number formats, sizes, merges and page, cell by cell."""
    path = make(tmp_path)
    drawn = look(add_report(path), NAME)
    grafted = look(path, NAME)
    assert drawn["cells"]
    for what, expected in drawn.items():
        assert grafted[what] == expected, what


@BOTH
def test_other_sheets_look_as_they_did(make: Make, tmp_path: Path) -> None:
    """Appending formats changes nothing on the sheets that were there."""
    path = make(tmp_path)
    with workbook(path) as book:
        book.apply(book.recompute().plan)
    names = sheet_names(path)
    before = {name: look(path, name) for name in names}
    with workbook(path) as book:
        book.apply(book.report("impactindex").plan)
    assert {name: look(path, name) for name in names} == before


@pytest.mark.parametrize("has_chart", [False, True], ids=["no chart", "a chart of its own"])
def test_both_charts_are_there_and_differ(has_chart: bool, tmp_path: Path) -> None:
    """One for the units, one for the areas, each over the cells of the report."""
    path = shipped(tmp_path)
    if has_chart:
        book = openpyxl.load_workbook(path)
        chart = BarChart()
        chart.add_data(Reference(book["Impactindex"], min_col=7, min_row=5, max_row=9))
        book["Impactindex"].add_chart(chart, "M4")
        book.save(path)
    add_report(path)
    seen = charts(path, NAME)
    assert len(seen) == 2
    titles = [chart_title(chart) for chart in seen]
    assert len(set(titles)) == 2, titles
    ranges = {chart.series[0].val.numRef.f for chart in seen}
    assert len(ranges) == 2
    assert all(ref.startswith(f"'{NAME}'!") for ref in ranges)


def test_charts_and_drawings_that_were_there_are_untouched(tmp_path: Path) -> None:
    """New ones get names that are free; no part is led to twice, and none is left over."""
    path = rich(tmp_path)
    before = parts_of(path)
    add_report(path)
    after = parts_of(path)
    kinds = ("xl/charts/", "xl/drawings/", "xl/media/", "xl/slicers/", "xl/comments")
    old = {name for name in before if name.startswith(kinds)}
    assert len(old) >= 7
    assert {name: after[name] for name in old} == {name: before[name] for name in old}
    sheet = sheet_part(path, NAME)
    (drawing,) = targets(after, sheet).values()
    assert drawing not in before
    led_to = list(targets(after, drawing).values())
    assert len(led_to) == len(set(led_to)) == 1
    assert not set(led_to) & set(before)
    assert orphans(path) == set()
    assert missing_features(path) == []


@BOTH
def test_links_lead_to_cells_that_exist(make: Make, tmp_path: Path) -> None:
    """A link in the report goes to a sheet of the workbook."""
    path = make(tmp_path)
    add_report(path)
    names = sheet_names(path)
    with contextlib.closing(openpyxl.load_workbook(path)) as book:
        cells = [cell for row in book[NAME].iter_rows() for cell in row]
        places = [cell.hyperlink.location for cell in cells if cell.hyperlink]
    assert places
    for place in places:
        sheet, _, cell = place.rpartition("!")
        assert sheet.strip("'").replace("''", "'") in names
        assert re.fullmatch(r"\$[A-Z]+\$\d+", cell)


def test_chart_references_follow_the_name_the_sheet_got(tmp_path: Path) -> None:
    """With the ordinary name taken, charts, names and print area use the other one."""
    path = rich(tmp_path)
    change_part(path, BOOK, f'name="{HIDDEN_SHEET}"', f'name="{NAME}"')
    add_report(path)
    taken = f"{NAME} (2)"
    for chart in charts(path, taken):
        assert chart.series[0].val.numRef.f.startswith(f"'{taken}'!")
    assert (OWNER, None, "1", f"'{taken}'!$A$1") in own_names(path)


# Running it again.


@BOTH
def test_running_again_replaces_the_report_without_a_trace(make: Make, tmp_path: Path) -> None:
    """Three times over: the same parts, formats and texts, and a file of the same size."""
    path = make(tmp_path)
    add_report(path)
    first, size = parts_of(path), path.stat().st_size
    for _ in range(3):
        add_report(path)
        again = parts_of(path)
        assert list(again) == list(first)
        assert again[STYLES] == first[STYLES]
        assert again[STRINGS] == first[STRINGS]
        assert again[BOOK] == first[BOOK]
        assert again["[Content_Types].xml"] == first["[Content_Types].xml"]
        assert abs(path.stat().st_size - size) < 64
    assert check_package(path) == []
    assert orphans(path) == set()
    assert len(charts(path, NAME)) == (1 if make is rich else 2)


def test_a_report_that_the_user_renamed_is_replaced_in_its_place(tmp_path: Path) -> None:
    """The name the user gave it stays; Excel changes the defined names along with it."""
    path = shipped(tmp_path)
    before = sheet_names(path)
    add_report(path)
    mine = "Till styrelsen 2021 & åter"
    parts = parts_of(path)
    change_part(path, BOOK, NAME, mine.replace("&", "&amp;"))
    change_parts(
        path,
        lambda name, text: (
            text.replace(NAME, mine.replace("&", "&amp;"))
            if name.startswith("xl/charts/")
            else text
        ),
    )
    add_report(path)
    assert sheet_names(path) == [*before, mine]
    assert set(parts_of(path)) == set(parts)
    assert (OWNER, None, "1", f"'{mine}'!$A$1") in own_names(path)
    for chart in charts(path, mine):
        assert chart.series[0].val.numRef.f.startswith(f"'{mine}'!")
    assert check_package(path) == []


def test_a_name_with_an_apostrophe(tmp_path: Path) -> None:
    """Doubled inside quotes, in the defined names and in the charts."""
    path = shipped(tmp_path)
    add_report(path)
    change_part(path, BOOK, f"'{NAME}'!", "'Styrelsens ''77'!")
    change_part(path, BOOK, f'name="{NAME}"', 'name="Styrelsens \'77"')
    add_report(path)
    assert sheet_names(path)[-1] == "Styrelsens '77"
    assert (OWNER, None, "1", "'Styrelsens ''77'!$A$1") in own_names(path)
    assert len(charts(path, "Styrelsens '77")) == 2


def test_a_report_that_the_user_moved_first_is_replaced_there(tmp_path: Path) -> None:
    """The print area follows the sheet's position."""
    path = shipped(tmp_path)
    last = str(len(sheet_names(path)))
    add_report(path)
    (report,) = re.findall(rf'<sheet name="{NAME}"[^>]*/>', parts_of(path)[BOOK].decode())

    def move(name: str, text: str) -> str:
        if name != BOOK:
            return text
        text = text.replace(report, "").replace("<sheets>", "<sheets>" + report)
        return re.sub(
            r'localSheetId="(\d+)"',
            lambda m: f'localSheetId="{0 if m[1] == last else int(m[1]) + 1}"',
            text,
        )

    change_parts(path, move)
    names = own_names(path)
    add_report(path)
    assert sheet_names(path)[0] == NAME
    assert sorted(own_names(path), key=str) == sorted(names, key=str)


def test_a_hidden_report_stays_hidden(tmp_path: Path) -> None:
    """Whether it shows is the user's choice."""
    path = shipped(tmp_path)
    add_report(path)
    change_part(path, BOOK, f'<sheet name="{NAME}"', f'<sheet name="{NAME}" state="hidden"')
    add_report(path)
    assert parts_of(path)[BOOK].count(b'state="hidden"') == 1


@pytest.mark.parametrize("taken", [NAME, NAME.upper()])
def test_a_sheet_of_the_users_own_with_that_name_is_left_alone(taken: str, tmp_path: Path) -> None:
    """The report takes the next free name, and keeps it."""
    path = rich(tmp_path)
    change_part(path, BOOK, f'name="{HIDDEN_SHEET}"', f'name="{taken}"')
    own = sheet_part(path, taken)
    before = parts_of(path)[own]
    for _ in range(2):
        add_report(path)
        assert sheet_names(path)[-2:] == [taken, f"{NAME} (2)"]
        assert parts_of(path)[own] == before
    assert check_package(path) == []


def test_a_report_that_the_user_deleted_comes_back(tmp_path: Path) -> None:
    """Excel leaves the hidden name behind with #REF! in it."""
    path = shipped(tmp_path)
    add_report(path)
    _take_out_report(path, "#REF!")
    add_report(path)
    assert sheet_names(path)[-1] == NAME
    assert [name for name in own_names(path) if name[0] == OWNER] == [
        (OWNER, None, "1", f"'{NAME}'!$A$1")
    ]
    assert check_package(path) == []


def test_a_report_deleted_by_a_program_that_leaves_names_behind(tmp_path: Path) -> None:
    """The hidden name then leads to a sheet that is not there."""
    path = shipped(tmp_path)
    add_report(path)
    _take_out_report(path, f"'{NAME}'!")
    add_report(path)
    assert sheet_names(path)[-1] == NAME
    assert check_package(path) == []


def _take_out_report(path: Path, instead: str) -> None:
    """Take the report out of the list of sheets."""

    def take_out(name: str, text: str) -> str:
        if name != BOOK:
            return text
        text = re.sub(rf'<sheet name="{NAME}"[^>]*/>', "", text)
        text = re.sub(r'<definedName [^>]*localSheetId="10"[^>]*>.*?</definedName>', "", text)
        return text.replace(f"'{NAME}'!", instead)

    change_parts(path, take_out)


@pytest.mark.parametrize("copy_first", [True, False])
def test_a_copy_the_user_made_of_the_report_is_left_alone(copy_first: bool, tmp_path: Path) -> None:
    """Excel gives the copy the same names, local to it; the workbook-wide one is the report's."""
    path = shipped(tmp_path)
    add_report(path)
    copied, position = "Fryst till styrelsen", len(sheet_names(path))

    def duplicate(name: str, text: str) -> str:
        if name == "[Content_Types].xml":
            return re.sub(
                rf'(<Override PartName="/xl/worksheets/sheet){position}(\.xml"[^>]*>)',
                r"\g<0>\g<1>99\g<2>",
                text,
            )
        if name == "xl/_rels/workbook.xml.rels":
            return text.replace(
                "</Relationships>",
                f'<Relationship Id="rId99" Type="{OFFICE_RELS}/worksheet" '
                'Target="worksheets/sheet99.xml"/></Relationships>',
            )
        if name != BOOK:
            return text
        sheet = f'<sheet name="{copied}" sheetId="99" r:id="rId99"/></sheets>'
        text = text.replace("</sheets>", sheet)
        local = f'<definedName name="{OWNER}" localSheetId="{position}" hidden="1">'
        local += f"'{copied}'!$A$1</definedName>"
        at = text.index(f'<definedName name="{OWNER}"')
        if not copy_first:
            at = text.index("</definedName>", at) + len("</definedName>")
        return text[:at] + local + text[at:]

    change_parts(path, duplicate)
    with zipfile.ZipFile(path, "a") as archive:
        frozen = archive.read(f"xl/worksheets/sheet{position}.xml")
        frozen = re.sub(rb"<drawing [^>]*/>", b"", frozen)
        archive.writestr("xl/worksheets/sheet99.xml", frozen)
    assert check_package(path) == []
    add_report(path)
    assert parts_of(path)["xl/worksheets/sheet99.xml"] == frozen
    assert sheet_names(path)[-2:] == [NAME, copied]
    assert (OWNER, str(position), "1", f"'{copied}'!$A$1") in own_names(path)
    assert (OWNER, None, "1", f"'{NAME}'!$A$1") in own_names(path)


def test_what_the_user_drew_elsewhere_stays_when_the_report_is_replaced(tmp_path: Path) -> None:
    """Parts that other sheets lead to as well are not taken out with the old report."""
    path = rich(tmp_path)
    add_report(path)
    before = parts_of(path)
    shared = targets(before, sheet_part(path, NAME))
    drawing = next(iter(shared.values()))
    chart = next(iter(targets(before, drawing).values()))
    relation = f'<Relationship Id="rId77" Type="{OFFICE_RELS}/chart" Target="/{chart}"/>'
    change_part(
        path,
        "xl/drawings/_rels/drawing2.xml.rels",
        "</Relationships>",
        relation + "</Relationships>",
    )
    kept = parts_of(path)[chart]
    add_report(path)
    assert parts_of(path)[chart] == kept
    assert check_package(path) == []
    assert orphans(path) == set()


# Styles as other programs write them.


def _without(*sections: str) -> Callable[[str], str]:
    def change(styles: str) -> str:
        for section in sections:
            styles = re.sub(rf"<{section}[ >].*?</{section}>|<{section}[^>]*/>", "", styles)
        return styles

    return change


def _emptied(styles: str) -> str:
    return re.sub(r"<dxfs[^>]*>.*?</dxfs>|<dxfs[^>]*/>", '<dxfs count="0"/>', styles)


def _prefixed(styles: str) -> str:
    styles = re.sub(r"<(/?)(?=\w)", r"<\1x:", styles)
    return styles.replace(" xmlns=", " xmlns:x=", 1)


def _single_quoted(styles: str) -> str:
    return re.sub(r'="([^"\']*)"', r"='\1'", styles)


def _without_counts(styles: str) -> str:
    return re.sub(r' count="\d+"', "", styles)


def _indented(styles: str) -> str:
    return re.sub(r"><(?!/)", ">\n  <", styles)


def plain(folder: Path) -> Path:
    """A social budget with no number formats and no conditional formats of its own."""
    path = folder / "enkel.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Social budget 2021")
        bold = book.add_format({"bold": True, "bottom": 1, "bg_color": "#DDEBF7"})
        sheet.write_row(HEADING_ROW - 1, 0, HEADINGS, bold)
        for row, cells in enumerate(ROWS, FIRST_ROW - 1):
            for column, value in enumerate(cells):
                if value is not None:
                    sheet.write(row, column, value)
    return path


SPELLINGS = {
    "as it is": lambda styles: styles,
    "no dxfs": _without("dxfs"),
    "empty dxfs": _emptied,
    "nothing after the formats": _without("cellStyles", "dxfs", "tableStyles"),
    "prefix": _prefixed,
    "prefix and no dxfs": lambda styles: _prefixed(_without("dxfs")(styles)),
    "single quotes": _single_quoted,
    "no counts": _without_counts,
    "indented": _indented,
}


@pytest.mark.parametrize("make", [plain, shipped])
@pytest.mark.parametrize("spell", SPELLINGS.values(), ids=SPELLINGS)
def test_styles_as_other_programs_write_them(
    make: Make, spell: Callable[[str], str], tmp_path: Path
) -> None:
    """The report looks as it was drawn, and the lists stand in the order the format asks for."""
    path = make(tmp_path)
    change_parts(path, lambda name, text: spell(text) if name == STYLES else text)
    assert make is not plain or b"numFmts" not in parts_of(path)[STYLES]
    first = sheet_names(path)[0]
    before = look(path, first)["page"]
    drawn = look(add_report(path), NAME)
    assert look(path, NAME) == drawn
    assert look(path, first)["page"] == before
    styles = ET.fromstring(parts_of(path)[STYLES])
    order = [section.tag.rpartition("}")[2] for section in styles]
    known = [
        "numFmts",
        "fonts",
        "fills",
        "borders",
        "cellStyleXfs",
        "cellXfs",
        "cellStyles",
        "dxfs",
        "tableStyles",
    ]
    assert order == [name for name in known if name in order]
    assert "numFmts" in order
    for section in styles:
        assert section.get("count") in (None, str(len(section)))
    parts = parts_of(path)
    add_report(path)
    assert parts_of(path)[STYLES] == parts[STYLES]


def test_number_formats_never_clash_with_those_that_were_there(tmp_path: Path) -> None:
    """Every id stands for one format, and the old ones for what they stood for."""
    path = rich(tmp_path)
    before = _number_formats(path)
    assert before
    add_report(path)
    after = _number_formats(path)
    assert {number: after[number] for number in before} == before
    assert len(after) > len(before)


def _number_formats(path: Path) -> dict[str, str]:
    root = ET.fromstring(parts_of(path)[STYLES])
    found = [
        (n.get("numFmtId", ""), n.get("formatCode", "")) for n in root.iter(f"{{{MAIN}}}numFmt")
    ]
    assert len(dict(found)) == len(found)
    return dict(found)


def test_only_the_report_is_written_by_the_report_command(tmp_path: Path) -> None:
    """The other sheets keep their bytes."""
    path = shipped(tmp_path)
    before = parts_of(path)
    with workbook(path) as book:
        saved = book.apply(book.report("impactindex").plan, tmp_path / "ut.xlsx")
    after = parts_of(saved.path)
    changed = {name for name in before if after[name] != before[name]}
    hers = sheet_part(path, sheet_names(path)[0])
    assert changed == {"[Content_Types].xml", "xl/_rels/workbook.xml.rels", BOOK, STYLES, hers}
    assert after[hers] == before[hers].replace(b' tabSelected="1"', b' tabSelected="0"')
    assert NOW.strftime("%Y-%m-%d") in str(look(saved.path, NAME)["cells"])


# The calculation chain may name no cell without a formula.

_CHAIN = "xl/calcChain.xml"
_CHAIN_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
_CHAIN_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"


def _formula_cells(path: Path) -> list[tuple[str, str]]:
    """Sheet numbers and cells with formulas, as a chain would name them."""
    parts = parts_of(path)
    numbers = {
        sheet.get("name", ""): sheet.get("sheetId", "")
        for sheet in ET.fromstring(parts[BOOK]).iter(f"{{{MAIN}}}sheet")
    }
    return [
        (numbers[name], cell.get("r", ""))
        for name in numbers
        for cell in ET.fromstring(parts[sheet_part(path, name)]).iter(f"{{{MAIN}}}c")
        if cell.find(f"{{{MAIN}}}f") is not None
    ]


def _with_chain(path: Path, more: list[tuple[str, str]]) -> bytes:
    """Give the workbook a chain of its formulas and ``more``, written as Excel writes it."""
    chain, last = "", ""
    for number, cell in [*_formula_cells(path), *more]:
        told = f' i="{number}"' if number != last else ""
        chain, last = f'{chain}<c r="{cell}"{told}/>', number
    parts = parts_of(path)
    data = f'<calcChain xmlns="{MAIN}">{chain}</calcChain>'.encode()
    override = f'<Override PartName="/{_CHAIN}" ContentType="{_CHAIN_TYPE}"/></Types>'.encode()
    relation = f'<Relationship Id="rIdK" Type="{_CHAIN_RELATION}" Target="calcChain.xml"/>'
    parts[_CHAIN] = data
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", override)
    rels = "xl/_rels/workbook.xml.rels"
    parts[rels] = parts[rels].replace(b"</Relationships>", f"{relation}</Relationships>".encode())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return data


@BOTH
def test_a_chain_that_is_true_keeps_its_bytes(make: Make, tmp_path: Path) -> None:
    """Through a recalculation and through a report."""
    path = make(tmp_path)
    chain = _with_chain(path, [])
    assert chain.count(b"<c ") > 1
    with workbook(path) as book:
        assert book.apply(book.recompute(("impactindex",)).plan).changed
    assert parts_of(path)[_CHAIN] == chain
    assert check_package(path) == []


@BOTH
@pytest.mark.parametrize(
    "more",
    [[("1", "ZZ900")], [("999", "A1")], [("1", "nonsens")]],
    ids=["a cell without a formula", "a sheet that is gone", "no cell at all"],
)
def test_a_chain_that_is_not_true_is_taken_out(
    more: list[tuple[str, str]], make: Make, tmp_path: Path
) -> None:
    """With what leads to it; Excel makes a new one."""
    path = make(tmp_path)
    _with_chain(path, more)
    with workbook(path) as book:
        book.apply(book.recompute().plan)
    parts = parts_of(path)
    assert _CHAIN not in parts
    assert b"calcChain" not in parts["[Content_Types].xml"] + parts["xl/_rels/workbook.xml.rels"]
    assert check_package(path) == []


def test_a_chain_does_not_name_formulas_of_a_report_that_was_replaced(tmp_path: Path) -> None:
    """Someone calculated beside the report; that went with it."""
    path = shipped(tmp_path)
    add_report(path)
    part, number = sheet_part(path, NAME), str(len(sheet_names(path)))
    row = '<row r="900"><c r="A900"><f>1+1</f><v>2</v></c></row></sheetData>'
    change_part(path, part, "</sheetData>", row)
    chain = _with_chain(path, [])
    assert f'<c r="A900" i="{number}"/>'.encode() in chain
    with workbook(path) as book:
        book.apply(book.report("impactindex").plan)
    assert _CHAIN not in parts_of(path)
    assert check_package(path) == []


def test_a_workbook_where_nothing_changes_is_left_with_its_chain(tmp_path: Path) -> None:
    """A chain that is not true is no reason to write."""
    path = shipped(tmp_path)
    with workbook(path) as book:
        book.apply(book.recompute().plan)
    _with_chain(path, [("1", "ZZ900")])
    before = path.read_bytes()
    with workbook(path) as book:
        assert book.apply(book.recompute().plan).changed == ()
    assert path.read_bytes() == before


def test_the_cells_of_an_array_formula_have_one(tmp_path: Path) -> None:
    """It stands in the first cell alone, and the chain names them all."""
    path = shipped(tmp_path)
    first = sheet_part(path, sheet_names(path)[0])
    row = '<row r="900"><c r="A900"><f t="array" ref="A900:B900">A1:B1</f><v>2</v></c>'
    row += '<c r="B900"><v>3</v></c></row></sheetData>'
    change_part(path, first, "</sheetData>", row)
    chain = _with_chain(path, [("1", "B900")])
    with workbook(path) as book:
        book.apply(book.recompute().plan)
    assert parts_of(path)[_CHAIN] == chain
