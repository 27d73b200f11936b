"""What each row below the headings of a social budget is: indicator, section, sum or index."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from finsam_xl.money import parse_number
from finsam_xl.reading.social_frame import Frame, Numbers
from finsam_xl.sheets.tables import Row
from finsam_xl.words.measures import Closing, Measure, closing, measures

_LONGEST_LABEL = 60
_ROLES = {Closing.SUM: "total", Closing.INDEX: "result", Closing.MAXIMUM: "note"}


def rows_of(frame: Frame, fields: Mapping[str, int], found: Numbers) -> tuple[Row, ...]:
    """The rows of a frame that hold anything in the table's columns, from the top."""
    rows = list(_rows(frame, fields, found))
    if not frame.is_last or rows[-1:] == []:
        # What stands last before the headings are said again are the next table's titles.
        while rows and rows[-1].role in ("section", "note"):
            rows.pop()
    return tuple(_without_notes(rows))


def _without_notes(rows: list[Row]) -> list[Row]:
    """The rows without the sentences below the last of them."""
    while rows and rows[-1].role in ("note", "section") and _is_sentence(rows[-1].label):
        rows.pop()
    return rows


def _is_sentence(text: str) -> bool:
    return len(text) > _LONGEST_LABEL or text.endswith((".", "!"))


def _rows(frame: Frame, fields: Mapping[str, int], found: Numbers) -> Iterator[Row]:
    used = sorted(fields.values())
    lines = set(found.rows)
    section: int | None = None
    for row in frame.rows:
        if row in lines:
            number = frame.text(row, found.column)
            name = frame.text(row, fields["name"]) if "name" in fields else ""
            label = name if fields.get("name") == found.column else f"{number} {name}".strip()
            yield Row(row, "line", label, section)
            continue
        texts = [text for column in used if (text := frame.text(row, column))]
        if not texts:
            continue
        role, label = _role(frame, fields, found, row, texts)
        if role == "section":
            section = row
        yield Row(row, role, label, None if role == "section" else section)


def _role(
    frame: Frame, fields: Mapping[str, int], found: Numbers, row: int, texts: Sequence[str]
) -> tuple[str, str]:
    """What a row without a number is, and what it is called."""
    for text in texts:
        what = closing(text)
        if what is not None and not _is_sentence(text) and not _is_numbered(text):
            said = measures(text)
            is_other = Measure.WEIGHT in said and Measure.POINTS not in said
            return ("note" if is_other else _ROLES[what]), text
    if _is_section(frame, fields, found, row, texts):
        return "section", " ".join(dict.fromkeys(texts))
    return "note", texts[0]


def _is_numbered(text: str) -> bool:
    return text[:1].isdigit()


def _is_section(
    frame: Frame, fields: Mapping[str, int], found: Numbers, row: int, texts: Sequence[str]
) -> bool:
    """Whether a row names an area: a text alone where areas stand or above indicators.

    A whole number before the name is the area's where those of the indicators have parts.
    """
    number = frame.text(row, found.column).rstrip(".")
    # An area may have a weight of its own beside its name.
    plain = [text for text in texts if parse_number(text) is None]
    rest = [text for text in plain if text != frame.text(row, found.column)]
    if found.is_dotted and number.isdigit() and len(rest) == 1 and not _is_sentence(rest[0]):
        return True
    if len(texts) != 1:
        return False
    area = fields.get("area")
    if area is not None:
        return bool(frame.text(row, area))
    return _is_numbered(texts[0]) or (row + 1 in found.rows and not _is_sentence(texts[0]))
