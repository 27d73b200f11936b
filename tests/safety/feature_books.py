"""Workbooks with what XlsxWriter and openpyxl can put into one, made at random around a budget.

The same seed gives the same workbook, but for the clock of the libraries.
"""

from __future__ import annotations

import io
import random
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl import chart as charts
from openpyxl.comments import Comment
from openpyxl.formatting import rule as rules
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Font, PatternFill, Protection
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.table import Table, TableStyleInfo

from safety.hostile_books import ROWS

TITLE = "Budget 2024"
Chance = random.Random


def build(path: Path, seed: int) -> None:
    """Write a workbook of half of what either library knows, chosen by the seed."""
    chance = Chance(seed)
    (_by_xlsxwriter if seed % 2 else _by_openpyxl)(path, chance)


def _lines(chance: Chance) -> list[list[Any]]:
    """The small budget with other amounts; now and then with formulas for its sums."""
    rows = [list(row) for row in ROWS]
    for row in (2, 3, 5, 6):
        for column in (1, 2):
            rows[row][column] = chance.randint(1, 9000) * (-1 if row > 4 else 1)
    if chance.random() < 0.5:
        for column, letter in ((1, "B"), (2, "C")):
            rows[4][column] = f"=SUM({letter}3:{letter}4)"
            rows[7][column] = f"=SUM({letter}6:{letter}7)"
            rows[8][column] = f"={letter}5+{letter}8"
    return rows


def image() -> bytes:
    """A picture of one pixel."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + check

    header = struct.pack(">2I5B", 1, 1, 8, 2, 0, 0, 0)
    chunks = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0\x1f\x4e\x79"))
    return b"\x89PNG\r\n\x1a\n" + chunks + chunk(b"IEND", b"")


# XlsxWriter -----------------------------------------------------------------------------------


def _by_xlsxwriter(path: Path, chance: Chance) -> None:
    options = {"use_future_functions": True, "use_zip64": False}
    with xlsxwriter.Workbook(path, options | {"date_1904": chance.random() < 0.1}) as book:
        sheet, other = book.add_worksheet(TITLE), book.add_worksheet("Underlag å&'s")
        looks = [
            None,
            book.add_format({"num_format": "# ##0", "bold": True, "bg_color": "#FFEEAA"}),
        ]
        for number, row in enumerate(_lines(chance)):
            for column, value in enumerate(row):
                if value is not None:
                    sheet.write(number, column, value, chance.choice(looks))
        other.write_column(0, 0, [chance.randint(0, 99) for _ in range(9)])
        for feature in _XLSXWRITER:
            if chance.random() < 0.5:
                feature(book, other if chance.random() < 0.5 else sheet, chance)


def _chart(book: Any, sheet: Any, chance: Chance) -> None:
    kinds = ["area", "bar", "column", "line", "pie", "doughnut", "scatter", "stock", "radar"]
    made = book.add_chart({"type": chance.choice(kinds)})
    for _ in range(3):
        values = {"values": f"='{TITLE}'!$B$3:$B$8", "categories": f"='{TITLE}'!$A$3:$A$8"}
        made.add_series(values)
    made.set_title({"name": f"='{TITLE}'!$A$1"})
    sheet.insert_chart("J2", made)


def _chartsheet(book: Any, _sheet: Any, _chance: Chance) -> None:
    made = book.add_chart({"type": "column"})
    made.add_series({"values": f"='{TITLE}'!$B$3:$B$8"})
    book.add_chartsheet("Diagram").set_chart(made)


def _conditional(book: Any, sheet: Any, chance: Chance) -> None:
    look = book.add_format({"font_color": "red"})
    for kind in (
        {"type": "cell", "criteria": ">", "value": 5, "format": look},
        {"type": "2_color_scale"}, {"type": "3_color_scale"}, {"type": "data_bar"},
        {"type": "data_bar", "data_bar_2010": True}, {"type": "icon_set", "icon_style": "3_flags"},
        {"type": "duplicate", "format": look}, {"type": "top", "value": 2, "format": look},
        {"type": "formula", "criteria": "=$B3>2", "format": look}, {"type": "blanks", "format": look},
        {"type": "text", "criteria": "containing", "value": "x", "format": look},
    ):  # fmt: skip
        if chance.random() < 0.4:
            sheet.conditional_format("B3:C9", kind)


def _validation(_book: Any, sheet: Any, _chance: Chance) -> None:
    sheet.data_validation("B3:B4", {"validate": "integer", "criteria": ">", "value": -9999})
    sheet.data_validation("F2", {"validate": "list", "source": ["ja", "nej"]})


def _pictures(_book: Any, sheet: Any, _chance: Chance) -> None:
    sheet.insert_image("L20", "bild.png", {"image_data": io.BytesIO(image())})
    sheet.embed_image("L30", "bild.png", {"image_data": io.BytesIO(image())})


def _header(_book: Any, sheet: Any, _chance: Chance) -> None:
    sheet.set_header(
        "&L&G&RBudget", {"image_left": "x.png", "image_data_left": io.BytesIO(image())}
    )
    sheet.set_footer("&CSida &P av &N")


def _shapes(_book: Any, sheet: Any, _chance: Chance) -> None:
    sheet.insert_textbox("L2", "Fritext", {"url": "https://example.se"})
    sheet.insert_button("L8", {"macro": "Knapp", "caption": "Räkna"})
    sheet.insert_checkbox("M1", True)


def _comments(_book: Any, sheet: Any, _chance: Chance) -> None:
    sheet.write_comment("A3", "Se protokollet § 4", {"author": "Exempel Person"})
    sheet.write_comment("C3", "Kontrollerat", {"visible": True})


def _table(_book: Any, sheet: Any, _chance: Chance) -> None:
    sheet.add_table("F20:H24", {"columns": [{"header": h} for h in ("Ett", "Två", "Tre")]})


def _sparklines(_book: Any, sheet: Any, _chance: Chance) -> None:
    sheet.add_sparkline("H3", {"range": f"'{TITLE}'!B3:C3", "type": "column"})


def _layout(_book: Any, sheet: Any, chance: Chance) -> None:
    sheet.freeze_panes(1, 1)
    sheet.set_column("A:A", 30, None, {"level": chance.randint(0, 1)})
    sheet.set_row(12, 20, None, {"hidden": True, "level": 1})
    sheet.autofilter("F26:H29")
    sheet.merge_range("F14:H14", "Sammanslaget", None)
    sheet.set_tab_color("red")
    sheet.set_zoom(90)
    sheet.hide_gridlines(2)


def _print(_book: Any, sheet: Any, _chance: Chance) -> None:
    sheet.print_area("A1:D9")
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_h_pagebreaks([20])
    sheet.set_v_pagebreaks([6])


def _texts(book: Any, sheet: Any, _chance: Chance) -> None:
    bold = book.add_format({"bold": True})
    sheet.write_rich_string("F16", "Vanlig ", bold, "fet", " text")
    sheet.write_url("F17", "https://example.se/?a=1&b=2", string="länk")
    sheet.write_url("F18", f"internal:'{TITLE}'!A1", tip="Dit")
    sheet.write_string("F19", "rad ett\nrad två _x0041_ <&>\x07")
    sheet.write_boolean("G16", True)
    sheet.write_blank("G17", None, bold)


def _formulas(_book: Any, sheet: Any, _chance: Chance) -> None:
    sheet.write_array_formula("N1:N3", "{=B3:B5*2}", None, 0)
    sheet.write_dynamic_array_formula("O1", "=SORT(B3:B8)", None, 0)
    sheet.write_formula("P1", "=LET(x,B3,x*2)", None, 4)
    sheet.write_formula("P2", f"=SUM('{TITLE}'!B3:C4)", None, 7)
    sheet.ignore_errors({"number_stored_as_text": "F1:F9"})


def _names(book: Any, _sheet: Any, _chance: Chance) -> None:
    book.define_name("Kostnader", f"='{TITLE}'!$B$6:$B$7")
    book.define_name(f"'{TITLE}'!Eget", "=17%")
    book.set_properties({"title": "Budget", "comments": "Gjord för prov"})
    book.set_custom_property("Diarienummer", "2024/17")
    book.set_calc_mode("auto")


def _protected(_book: Any, sheet: Any, _chance: Chance) -> None:
    sheet.protect("lösen", {"format_cells": True})
    sheet.unprotect_range("B3:C8", "Indata")


def _background(_book: Any, sheet: Any, _chance: Chance) -> None:
    sheet.set_background(io.BytesIO(image()))


def _hidden(book: Any, _sheet: Any, _chance: Chance) -> None:
    book.add_worksheet("Dold").hide()
    book.add_worksheet("Mycket dold").very_hidden()


Feature = Callable[[Any, Any, Chance], None]
_XLSXWRITER: list[Feature] = [
    _chart, _chartsheet, _conditional, _validation, _pictures, _header, _shapes, _comments, _table,
    _sparklines, _layout, _print, _texts, _formulas, _names, _protected, _background, _hidden,
]  # fmt: skip


# openpyxl -------------------------------------------------------------------------------------


def _by_openpyxl(path: Path, chance: Chance) -> None:
    book = openpyxl.Workbook()
    sheet, other = book.active, book.create_sheet("Underlag å&'s")
    sheet.title = TITLE
    for row in _lines(chance):
        sheet.append(row)
    for number in range(9):
        other.append([chance.randint(0, 99), f"rad {number}"])
    for feature in _OPENPYXL:
        if chance.random() < 0.5:
            feature(book, other if chance.random() < 0.5 else sheet, chance)
    book.save(path)


def _op_chart(_book: Any, sheet: Any, chance: Chance) -> None:
    kinds = [
        charts.BarChart,
        charts.LineChart,
        charts.PieChart,
        charts.AreaChart,
        charts.RadarChart,
    ]
    made = chance.choice(kinds)()
    made.add_data(charts.Reference(sheet, min_col=1, min_row=2, max_row=8))
    sheet.add_chart(made, "J2")


def _op_looks(_book: Any, sheet: Any, chance: Chance) -> None:
    for row in sheet.iter_rows(min_row=2, max_row=8, max_col=3):
        for cell in row:
            if chance.random() < 0.3:
                cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="FFEEAA")
                cell.number_format = "#,##0"
                cell.protection = Protection(locked=False)


def _op_conditional(_book: Any, sheet: Any, _chance: Chance) -> None:
    scale = rules.ColorScaleRule("min", start_color="FF0000", end_type="max", end_color="00FF00")
    sheet.conditional_formatting.add("B3:B8", scale)
    sheet.conditional_formatting.add("C3:C8", rules.DataBarRule("min", 0, "max", 0, "FF638EC6"))
    sheet.conditional_formatting.add("B3:C8", rules.CellIsRule("greaterThan", ["5"], font=Font()))
    sheet.conditional_formatting.add("B3:C8", rules.IconSetRule("3Arrows", "percent", [0, 33, 67]))


def _op_validation(_book: Any, sheet: Any, _chance: Chance) -> None:
    listed = DataValidation("list", formula1='"ja,nej"', promptTitle="Välj", prompt="ja eller nej")
    sheet.add_data_validation(listed)
    listed.add("F2:F9")


def _op_comments(_book: Any, sheet: Any, _chance: Chance) -> None:
    sheet["A3"].comment = Comment("Se protokollet", "Exempel Person")


def _op_table(_book: Any, sheet: Any, _chance: Chance) -> None:
    for column, heading in enumerate(("Ett", "Två"), 6):
        sheet.cell(20, column, heading)
        sheet.cell(21, column, column)
    table = Table(
        displayName="Lista", ref="F20:G21", tableStyleInfo=TableStyleInfo("TableStyleLight1")
    )
    sheet.add_table(table)


def _op_layout(_book: Any, sheet: Any, _chance: Chance) -> None:
    sheet.freeze_panes = "B2"
    sheet.merge_cells("F14:H14")
    sheet.column_dimensions["A"].width = 30
    sheet.column_dimensions.group("K", "M", hidden=True)
    sheet.row_dimensions.group(12, 13, hidden=True)
    sheet.sheet_properties.tabColor = "FF0000"
    sheet.sheet_view.zoomScale = 90
    sheet.auto_filter.ref = "F26:G29"


def _op_print(_book: Any, sheet: Any, _chance: Chance) -> None:
    sheet.print_area, sheet.print_title_rows = "A1:D9", "1:1"
    sheet.oddHeader.center.text, sheet.oddFooter.left.text = "Budget &P", "&D"
    sheet.page_setup.orientation = "landscape"
    sheet.row_breaks.append(Break(20))


def _op_protected(book: Any, sheet: Any, _chance: Chance) -> None:
    sheet.protection.sheet = True
    sheet.protection.password = "prov"  # noqa: S105 (no secret)
    book.security.lockStructure = True


def _op_names(book: Any, sheet: Any, _chance: Chance) -> None:
    book.defined_names["Kostnader"] = DefinedName("Kostnader", attr_text=f"'{TITLE}'!$B$6:$B$7")
    sheet.defined_names["Eget"] = DefinedName("Eget", attr_text="17%")
    book.custom_doc_props.append(StringProperty(name="Diarienummer", value="2024/17"))
    book.properties.title = "Budget"


def _op_texts(_book: Any, sheet: Any, _chance: Chance) -> None:
    sheet["F16"], sheet["F16"].hyperlink = "länk", "https://example.se/?a=1&b=2"
    sheet["F17"] = "rad ett\nrad två <&> _x0041_"
    sheet["F18"], sheet["F19"] = True, "=1/0"


def _op_sheets(book: Any, _sheet: Any, _chance: Chance) -> None:
    book.create_sheet("Dold").sheet_state = "hidden"
    made = charts.BarChart()
    made.add_data(charts.Reference(book[TITLE], min_col=2, min_row=3, max_row=8))
    book.create_chartsheet("Diagram").add_chart(made)


_OPENPYXL: list[Feature] = [
    _op_chart, _op_looks, _op_conditional, _op_validation, _op_comments, _op_table, _op_layout,
    _op_print, _op_protected, _op_names, _op_texts, _op_sheets,
]  # fmt: skip
