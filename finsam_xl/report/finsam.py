"""The sheet *Finsam*: how the workbook is read, with room to put right what is read wrong.

Every table has its own part, those with most doubt first. What is chosen or typed under
*Rätta till* is followed the next time, wherever its cells have moved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from finsam_xl import handbok
from finsam_xl.model_budget import STATED
from finsam_xl.palette import MUTED
from finsam_xl.reading import kinds
from finsam_xl.reading.corrections import TABLE_NAME, Correction, Key, Part
from finsam_xl.reading.finsam_sheet import HEADINGS, KEY, MEANS, MEND, OWNER, WORD, written
from finsam_xl.reading.reasons import name_of
from finsam_xl.reading.settings import CHANGE, SETTING
from finsam_xl.records import NamedTuple
from finsam_xl.report import look
from finsam_xl.report.amounts import COMMENT
from finsam_xl.report.control_reading import HEADINGS as CONTROL
from finsam_xl.report.control_reading import Marks
from finsam_xl.report.finsam_entries import (
    LIKELY,
    NOT_FOLLOWED,
    NOT_READ,
    SURE,
    Entry,
    TableEntries,
)
from finsam_xl.report.look import text_height
from finsam_xl.report.sheet import SECTION_HEIGHT, ReportSheet
from finsam_xl.sheetplan import Choices, PlaceName, Role, SheetPlan
from finsam_xl.words import meanings
from finsam_xl.words.units import Unit

NAME, _TITLE = "Finsam", "Finsam – så läses boken"
_WIDTHS = (13.0, 32.0, 25.0, 12.0, 52.0, 30.0, 10.0)
_COLUMN = {heading: number for number, heading in enumerate(HEADINGS, 1)}
HOLDS, SOURCE = "Gäller", "Källa"
_GAP, _HEADING, _SMALLER = 10.0, 18.0, 1.12
_LONGEST_LIST = 255
"""Characters that Excel takes in a list of choices."""
_ABOUT = (
    "Är något fel: välj eller skriv under Rätta till, och klicka på ”Räkna om” "
    "eller ”Vad lästes?”. En rättelse gäller tills du tar bort den, också när rader och kolumner "
    "flyttas och blad byter namn. Ingenting på dina egna blad ändras av att du rättar här. "
    f"I handboken: {handbok.told('rättelser')}."
)
_FREE_WORDS, _FREE_ROWS = 3, 3
_ABOUT_WORDS = (
    "Ord som bara ni använder och vad de betyder, till exempel KF betyder budget. De läses så i "
    "rubriker och radnamn; i era blad står de kvar. "
    f"I handboken: {handbok.told('inställningar')}."
)
_FREE = {Part.COLUMN: "Annan kolumn", Part.ROW: "Annan rad"}
_SURE_WORDS = (
    (SURE, "● säkert", "grön"),
    (LIKELY, "▲ troligt", "orange"),
    (0.0, "▼ osäkert", "röd"),
    (NOT_FOLLOWED, "✖ följs inte", "röd"),
)
_TEXT = look.TEXT
_SMALL = _TEXT._replace(size=9, ink=MUTED)
_WRITE = COMMENT._replace(number="@")
_KEY = Role(size=8, ink=MUTED, number="@")
_COLUMNS = (*STATED, "deviation", "percent", "share", "key")
_ROWS = (
    ("line", True), ("line", False), ("line", None), ("subline", None), ("total", None),
    ("total", True), ("total", False), ("subtotal", True), ("subtotal", False), ("result", None),
    ("subresult", None), ("section", None), ("section", True), ("section", False), ("note", None),
    ("equity_open", None), ("equity_close", None),
)  # fmt: skip


def build(
    tables: Sequence[TableEntries],
    lost: Sequence[Correction],
    words: Sequence[tuple[str, str]],
    settings: Sequence[SettingRow],
    accepted: Marks,
    *,
    association: str,
    run: str,
    kept: Sequence[PlaceName] = (),
) -> SheetPlan:
    """The sheet. ``lost``: corrections that no table has a row for, which are kept.

    ``words``: the association's own; ``kept``: names over tables that are no longer read but have
    corrections.
    """
    sheet = _Sheet()
    unsure = sum(one.sure < SURE for table in tables for one in table.entries)
    sheet.head(_TITLE, (association, _counted(tables, unsure)), run)
    sheet.note(_ABOUT)
    sheet.settings(settings)
    sheet.words(words)
    sheet.accepted(accepted)
    for table in sorted(tables, key=lambda one: one.sure):
        sheet.table(table)
    sheet.lost(lost)
    names = [PlaceName(f"{TABLE_NAME}{one.number}", one.sheet, one.range) for one in tables]
    plan = sheet.plan(NAME, OWNER)
    footer = " · ".join(filter(None, (association, NAME)))
    return plan._replace(
        page=plan.page._replace(footer_left=footer),
        choices=tuple(sheet.choices),
        hidden=(_COLUMN[HEADINGS[-1]],),
        names=(*names, *kept),
        own_names=TABLE_NAME,
        growing=tuple(sheet.guessed),
    )


def _counted(tables: Sequence[TableEntries], unsure: int) -> str:
    read = sum(one.entries[0].read != NOT_READ for one in tables)
    told = "1 tabell läst" if read == 1 else f"{read} tabeller lästa"
    if not tables:
        return "Ingen tabell känns igen."
    if not unsure:
        return f"{told}, inget är osäkert"
    places = "1 ställe" if unsure == 1 else f"{unsure} ställen"
    return f"{told}, {places} att se över: märkta ▲, ▼ eller ✖"


class SettingRow(NamedTuple):
    """A setting: its key, what it is, what holds now and why, what is typed and may be chosen."""

    key: str
    group: str
    title: str
    holds: str
    source: str
    typed: str = ""
    choices: tuple[str, ...] = ()


class _Sheet(ReportSheet):
    """The sheet being drawn."""

    def __init__(self) -> None:
        super().__init__(_WIDTHS, "")
        self.last = len(HEADINGS) - 1  # the key is not shown
        self.choices: list[Choices] = []
        self.guessed: list[int] = []
        self.kind = ""

    def settings(self, rows: Sequence[SettingRow]) -> None:
        """What the association may set, what holds now, and where that comes from."""
        self.down(_GAP)
        self.section("Inställningar")
        row = self.down(_HEADING)
        titles = (None, SETTING, HOLDS, None, SOURCE, CHANGE, KEY)
        for column, heading in enumerate(titles, 1):
            self.canvas.put(row, column, heading, look.HEADING)
        group = ""
        for one in rows:
            row = self._row(one.source, one.title, one.holds)
            self.canvas.put(row, 1, None if one.group == group else one.group, _TEXT)
            group = one.group
            self._offer(row, one.choices)
            self.canvas.put(row, 2, one.title, _TEXT)
            self.canvas.put(row, 3, one.holds, _TEXT)
            self.canvas.put(row, 4, None, _TEXT)
            self.canvas.put(row, 5, one.source, _SMALL)
            self.canvas.put(row, 6, one.typed or None, _WRITE)
            self.canvas.put(row, len(HEADINGS), one.key, _KEY)

    def words(self, words: Sequence[tuple[str, str]]) -> None:
        """The association's own words and what they mean, with room for more."""
        self.down(_GAP)
        self.section("Egna ord")
        row = self.down(_HEADING)
        for column, heading in enumerate((None, WORD, MEANS, None, None, None), 1):
            self.canvas.put(row, column, heading, look.HEADING)
        for number, (word, means) in enumerate([*words, *[("", "")] * _FREE_WORDS]):
            row = self._row(_ABOUT_WORDS if not number else "")
            self.canvas.put(row, 1, None, _TEXT)
            self.canvas.put(row, 2, word or None, _WRITE)
            self.canvas.put(row, 3, means or None, _WRITE)
            self.canvas.put(row, 4, None, _TEXT)
            self.canvas.put(row, 5, None if number else _ABOUT_WORDS, _SMALL)
            self.canvas.put(row, 6, None, _TEXT)

    def accepted(self, marks: Marks) -> None:
        """The findings that people have accepted, as they wrote it: taken away, they are told."""
        if not marks:
            return
        self.down(_GAP)
        self.section("Godkända fynd")
        row = self.down(_HEADING)
        fields = ("place", "sheet", "code", "", "message", "status", "key")
        for column, field in enumerate(fields, 1):
            self.canvas.put(row, column, CONTROL.get(field), look.HEADING)
        for mark in marks:
            row = self._row(mark.message, mark.sheet, mark.code)
            for column, field in enumerate(fields, 1):
                value = getattr(mark, field) if field else None
                role = {"message": _SMALL, "status": _WRITE, "key": _KEY}.get(field, _TEXT)
                self.canvas.put(row, column, value or None, role)

    def table(self, one: TableEntries) -> None:
        """A table: its title with a link, its parts from the least sure, and free rows."""
        self.down(_GAP)
        self.fit(SECTION_HEIGHT + 4 * _HEADING)
        row = self.down(SECTION_HEIGHT)
        place = f"{one.sheet}!{one.range}"
        self.canvas.put(row, 1, f"{one.title} – {place}", look.SECTION, link=one.entries[0].link)
        self.headings(HEADINGS, left=range(1, len(HEADINGS)))
        self.kind = one.kind
        for entry in one.entries:
            self.entry(entry)
        for part in (Part.COLUMN, Part.ROW) if one.kind else ():
            self.unnamed(one, part)

    def entry(self, one: Entry) -> None:
        """A row: what it is about, how it was read, and room for a correction."""
        word, colour = next((w, c) for least, w, c in _SURE_WORDS if one.sure >= least)
        row = self._row(one.why, one.stands, one.read)
        self.canvas.put(row, 1, one.where, _TEXT, link=one.link)
        self.canvas.put(row, 2, one.stands, _TEXT)
        self.canvas.put(row, 3, one.read, _TEXT)
        self.canvas.put(row, 4, word, look.inked(_TEXT, colour))
        self.canvas.put(row, 5, one.why, _SMALL)
        self._write(row, one.key, one.says)

    def unnamed(self, one: TableEntries, part: Part) -> None:
        """Rows for what has none of its own: she names it herself."""
        more = (
            "Saknas en kolumn ovan? Skriv dess rubrik under Står och vad den är under Rätta till."
        )
        if part is Part.ROW:
            more = "Saknas en rad ovan? Skriv dess namn under Står och vad den är under Rätta till."
        for number in range(_FREE_ROWS if part is Part.ROW else 1):
            row = self._row("" if number else more)
            self.canvas.put(row, 1, _FREE[part], _SMALL)
            self.canvas.put(row, 2, None, _WRITE)
            for column in (3, 4):
                self.canvas.put(row, column, None, _TEXT)
            self.canvas.put(row, 5, None if number else more, _SMALL)
            self._write(row, Key(one.number, part), "")

    def lost(self, corrections: Sequence[Correction]) -> None:
        """The corrections that find no place: kept, so that nothing typed is lost."""
        if not corrections:
            return
        self.down(_GAP)
        self.section("Andra rättelser")
        self.headings(HEADINGS, left=range(1, len(HEADINGS)))
        for one in corrections:
            row = self._row(one.key.text)
            for column, text in enumerate((one.key.part.capitalize(), one.key.text), 1):
                self.canvas.put(row, column, text, _TEXT)
            for column in (3, 4, 5):
                self.canvas.put(row, column, None, _TEXT)
            self._write(row, one.key, one.says)

    def _row(self, *texts: str) -> int:
        # What is smaller takes less room.
        widths = (_SMALLER * _WIDTHS[4], _WIDTHS[1], _WIDTHS[2])
        row = self.down(max([text_height(t, w) for t, w in zip(texts, widths, strict=False)]))
        self.guessed.append(row)
        return row

    def _write(self, row: int, key: Key, says: str) -> None:
        column = _COLUMN[MEND]
        self.canvas.put(row, column, says or None, _WRITE)
        self.canvas.put(row, len(HEADINGS), written(key), _KEY)
        offered = {**_OFFERED, **_offered_in(self.kind)}
        self._offer(row, offered.get(key.part, ()))

    def _offer(self, row: int, texts: tuple[str, ...]) -> None:
        """A list to choose from in a row, if it is not longer than a list may be."""
        column = _COLUMN[MEND]
        if texts and len(",".join(texts)) <= _LONGEST_LIST:
            self.choices.append(Choices((row, column, row, column), texts))


def _kinds() -> tuple[str, ...]:
    """The kinds that may be chosen: as many as a list holds, the rest may be typed."""
    names = [meanings.kind_name(meanings.NO_TABLE)]
    for kind in meanings.KindName:
        name = meanings.kind_name(kind)
        if (
            kind is not meanings.KindName.NO_TABLE
            and len(",".join([*names, name])) <= _LONGEST_LIST
        ):
            names.append(name)
    return tuple(names)


_NOT_COUNTED = meanings.row_name("note", None)
_OF_AMOUNTS = {Part.COLUMN: (*map(name_of, _COLUMNS), _NOT_COUNTED)}
_OF_FEES = {
    Part.COLUMN: (*meanings.FEE_COLUMNS, _NOT_COUNTED),
    Part.ROW: (*meanings.FEE_ROWS, _NOT_COUNTED),
}
_OFFERED = {
    Part.KIND: _kinds(),
    Part.UNIT: tuple(Unit),
    Part.SIGN: tuple(map(meanings.sign_name, meanings.SignName)),
    Part.ROW: tuple(meanings.row_name(role, income) for role, income in _ROWS),
}


def _offered_in(kind: str) -> Mapping[Part, tuple[str, ...]]:
    """What may be chosen in tables of a kind; columns of people have many names, to be typed."""
    if kind in kinds.KINDS:
        return _OF_AMOUNTS
    return _OF_FEES if kind == meanings.KindName.FEES else {}
