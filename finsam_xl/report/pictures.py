"""The three pictures of a report on money, as charts of the sheet's own.

From budget to forecast in steps, the largest deviations with their signs, and the equity of
each year against its ceiling. Whoever calls has taken the rows, and knows what stands there.
"""

from __future__ import annotations

from collections.abc import Sequence

from finsam_xl.model_budget import Amount
from finsam_xl.money import round_half_away
from finsam_xl.records import NamedTuple
from finsam_xl.report import amounts as say
from finsam_xl.report import bar_texts, look
from finsam_xl.report.sheet import ReportSheet
from finsam_xl.sheetplan import BarChart, ColumnChart, Fill, Series

_TOTAL, _EVEN = "grå", "±0"
_WITHIN, _OVER, _UNKNOWN = "Inom taket", "Över taket", "Taket är inte känt"
_CEILING = "Tak enligt trappan"
_UNBROKEN = "\u00a0"


class Place(NamedTuple):
    """Where a chart stands: its first row, first and last column, and its height in points."""

    row: int
    first: int
    last: int
    height: float


class Step(NamedTuple):
    """A step of a bridge: a change, plus is better; or a total, which is itself a result.

    ``amount`` is ``None`` where nobody knows it.
    """

    label: str
    amount: Amount
    is_total: bool = False


class YearEnd(NamedTuple):
    """The equity at the end of a year and how much of it the association may have.

    Without a label it is a gap between years that do not follow each other.
    """

    label: str
    equity: Amount
    ceiling: Amount


def bridge(
    sheet: ReportSheet,
    title: str,
    steps: Sequence[Step],
    place: Place,
    unit: str,
    decimals: int = 0,
    *,
    name: str = "Resultatbrygga",
) -> None:
    """The way from one result to another: totals from zero, changes from where the last one ended.

    A step that nobody knows has no bar, and what follows stands where it began; where changes do
    not add up to the next total, that is seen as a gap. There is at least one step.
    """
    spans = _spans(steps)
    bases, ups, downs = zip(*(_pieces(*span) for span in spans), strict=True)
    colours = tuple(_colour(step, decimals) for step in steps)
    texts = tuple(_stepped(step, decimals) for step in steps)
    told = [f"{step.label} {_spoken(step, decimals)}" for step in steps]
    size = sheet.chart_size(place.first, place.last, place.height)
    names = [bar_texts.wrapped(step.label, size[0], len(steps)) for step in steps]
    shown = [say.cell(step.amount, decimals) for step in steps]
    labels, values, *areas = sheet.canvas.beside(
        place.row, sheet.last, [names, shown, bases, ups, downs]
    )
    base, up, down = (Series(area, colours) for area in areas)
    sheet.charts.append(
        ColumnChart(
            title=_titled(title, unit),
            alt_text=f"{name} i {unit}: {', '.join(told)}",
            name=name,
            labels=labels,
            values=values,
            series=(base._replace(fill=Fill.NONE), up, down),
            texts=texts,
            row=place.row,
            column=place.first,
            size=size,
        )
    )


def variances(
    sheet: ReportSheet,
    title: str,
    items: Sequence[tuple[str, Amount]],
    place: Place,
    unit: str,
    decimals: int = 0,
) -> None:
    """Deviations as bars with sign and mark, plus is better, in the order given; at least one."""
    names = [name for name, _ in items]
    amounts = [amount for _, amount in items]
    labels, values = sheet.canvas.beside(
        place.row, sheet.last, [names, [say.cell(amount, decimals) for amount in amounts]]
    )
    told = [f"{name} {say.with_sign(amount, decimals)}" for name, amount in items]
    sheet.charts.append(
        BarChart(
            title=_titled(title, unit),
            alt_text=f"Avvikelser i {unit}, plus är bättre: {', '.join(told)}",
            name="Avvikelser",
            labels=labels,
            values=values,
            colours=tuple(_better(amount, decimals) for amount in amounts),
            target=None,
            row=place.row,
            column=place.first,
            size=sheet.chart_size(place.first, place.last, place.height),
            highest=0,
            texts=tuple(_marked(amount, decimals) for amount in amounts),
        )
    )


def equity(
    sheet: ReportSheet,
    title: str,
    years: Sequence[YearEnd],
    place: Place,
    unit: str,
    decimals: int = 0,
) -> None:
    """Equity year by year, what is over its ceiling striped, the ceiling dashed where it is known.

    Over is what is so by the figures as printed, with one decimal or more. There is at least one
    year.
    """
    overs = [_over(year, decimals) for year in years]
    is_known = any(year.ceiling is not None for year in years)
    size = sheet.chart_size(place.first, place.last, place.height)
    labels, values, ceiling, *areas = sheet.canvas.beside(
        place.row,
        sheet.last,
        [
            [bar_texts.wrapped(year.label, size[0], len(years)) for year in years],
            [say.cell(year.equity, decimals) for year in years],
            [_number(year.ceiling) for year in years],
            *([_number(part) for part in parts] for parts in _parted(years, overs)),
        ],
    )
    looks = (
        ("", _WITHIN, Fill.SOLID),
        ("röd", _OVER, Fill.STRIPED),
        ("grå", _UNKNOWN, Fill.HOLLOW),
    )
    series = [
        Series(
            area,
            (colour,) * len(years),
            name,
            tuple(say.with_sign(over, decimals) for over in overs) if name == _OVER else (),
            fill,
        )
        for area, (colour, name, fill) in zip(areas, looks, strict=True)
        if _is_drawn(name, years, overs)
    ]
    if not is_known:
        series = [series[-1]._replace(colours=("",) * len(years), name="", fill=Fill.SOLID)]
    told = [
        _told(year, over, decimals) for year, over in zip(years, overs, strict=True) if year.label
    ]
    sheet.charts.append(
        ColumnChart(
            title=_titled(title, unit),
            alt_text=f"Eget kapital vid årets slut i {unit}: {', '.join(told)}",
            name="Eget kapital",
            labels=labels,
            values=values,
            series=tuple(series),
            texts=tuple(
                _year_text(year, over, decimals) for year, over in zip(years, overs, strict=True)
            ),
            row=place.row,
            column=place.first,
            size=size,
            line=ceiling if is_known else None,
            line_name=_CEILING if is_known else "",
        )
    )


def _over(year: YearEnd, decimals: int) -> Amount:
    """How much a year's equity is over its ceiling; ``None`` where it is not, or nobody knows."""
    if year.equity is None or year.ceiling is None:
        return None
    over = year.equity - year.ceiling
    return over if round_half_away(over, max(1, decimals)) > 0 else None


def _parted(years: Sequence[YearEnd], overs: Sequence[Amount]) -> list[list[Amount]]:
    """What each year's equity is stacked of: within its ceiling, over it, and against none."""
    within = [
        None if year.ceiling is None else year.equity if over is None else year.ceiling
        for year, over in zip(years, overs, strict=True)
    ]
    return [within, [*overs], [year.equity if year.ceiling is None else None for year in years]]


def _is_drawn(name: str, years: Sequence[YearEnd], overs: Sequence[Amount]) -> bool:
    """Whether any year has a part of a name; within the ceiling may be nothing, and is named."""
    if name == _OVER:
        return any(over is not None for over in overs)
    return any((year.ceiling is None) == (name == _UNKNOWN) for year in years if year.label)


def _year_text(year: YearEnd, over: Amount, decimals: int) -> str:
    if not year.label:
        return ""
    shown = say.shown(year.equity, decimals)
    if over is None and not (year.equity is not None and year.equity < 0):
        return shown
    return f"{look.SYMBOLS['röd']}{_UNBROKEN}{shown}"


def _told(year: YearEnd, over: Amount, decimals: int) -> str:
    """A year's equity as it is read out, against its ceiling."""
    shown = f"{year.label} {say.shown(year.equity, decimals)}"
    if year.ceiling is None:
        return f"{shown} (taket är inte känt)"
    ceiling = f"tak {say.shown(year.ceiling, decimals)}"
    beside = "" if over is None else f", {say.shown(over, decimals)} över"
    return f"{shown} ({ceiling}{beside})"


def _titled(title: str, unit: str) -> str:
    """A title with its unit, where it does not say it."""
    return title if unit in title.replace(",", " ").split() else f"{title}, {unit}"


def _number(amount: Amount) -> float | None:
    return None if amount is None else float(amount)


def _spans(steps: Sequence[Step]) -> list[tuple[Amount, Amount]]:
    """From where to where each step goes; both are ``None`` where it cannot be told."""
    spans: list[tuple[Amount, Amount]] = []
    level: Amount = 0
    for step in steps:
        if step.is_total:
            spans.append((0 if step.amount is not None else None, step.amount))
            level = step.amount
        else:
            begins = level
            level = None if level is None else level + (step.amount or 0)
            spans.append((begins, level))
    return spans


def _pieces(start: Amount, end: Amount) -> tuple[float, float, float]:
    """What a step is stacked of: what it stands on, its part above zero and that below."""
    if start is None or end is None:
        return 0.0, 0.0, 0.0
    low, high = min(start, end), max(start, end)
    base = max(low, 0) + min(high, 0)
    return float(base), float(max(high, 0) - max(low, 0)), float(min(low, 0) - min(high, 0))


def _better(amount: Amount, decimals: int) -> str:
    """The colour word of a deviation."""
    return say.judged(amount, "", "", "", decimals)[1]


def _colour(step: Step, decimals: int) -> str:
    return _TOTAL if step.is_total else _better(step.amount, decimals)


def _marked(amount: Amount, decimals: int) -> str:
    """A deviation with its mark and sign: '● +350', '▼ −40', '±0'; '–' where nobody knows it."""
    if amount is None:
        return say.shown(None)
    colour = _better(amount, decimals)
    return (
        f"{look.SYMBOLS[colour]}{_UNBROKEN}{say.with_sign(amount, decimals)}" if colour else _EVEN
    )


def _stepped(step: Step, decimals: int) -> str:
    return say.shown(step.amount, decimals) if step.is_total else _marked(step.amount, decimals)


def _spoken(step: Step, decimals: int) -> str:
    """A step's figure as it is read out."""
    told = say.shown if step.is_total else say.with_sign
    return told(step.amount, decimals)
