"""The printed cost split: its sums, its shares, and the whole against its parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from finsam_xl.calc import totals
from finsam_xl.checks.concepts import words_of
from finsam_xl.checks.material import Material
from finsam_xl.findings import tell
from finsam_xl.model import Finding
from finsam_xl.model_budget import Known
from finsam_xl.model_counts import CountRow, Counts
from finsam_xl.money import round_half_away, swedish
from finsam_xl.records import NamedTuple
from finsam_xl.words.totals import is_everyone


class _Block(NamedTuple):
    """A section of the table: its classes and its sum."""

    name: str
    lines: tuple[CountRow, ...]
    total: CountRow | None


def check(materials: Sequence[Material]) -> Iterator[Finding]:
    """What does not add up in the tables of cost classes."""
    for material in materials:
        for table in material.of("cost_split"):
            blocks = _blocks(table)
            for block in blocks:
                yield from material.own(_sum(block))
                yield from material.own(_shares(block))
            yield from material.own(_whole(blocks))


def _blocks(table: Counts) -> list[_Block]:
    found: list[_Block] = []
    lines: list[CountRow] = []
    for row in table.rows:
        if row.role == "section":
            lines = []
        elif row.role == "total":
            found.append(_Block(row.section, tuple(lines), row))
            lines = []
        elif "amount" in row.figures:
            lines.append(row)
    return found


def _amount(row: CountRow | None) -> Known | None:
    figure = row.figures.get("amount") if row else None
    return figure.value if figure else None


def _sum(block: _Block) -> Iterator[Finding]:
    stated, amounts = _amount(block.total), [_amount(row) for row in block.lines]
    known = [amount for amount in amounts if amount is not None]
    if block.total is None or stated is None or not known:
        return
    severity = totals.severity(stated, sum(known), len(known))
    if severity:
        yield tell(
            "kostnadsslag-summa",
            block.total.figures["amount"].ref,
            "differs",
            "rounding" if severity == "info" else "correct",
            severity=severity,
            name=block.name or block.total.label,
            stated=stated,
            calculated=sum(known),
        )


def _shares(block: _Block) -> Iterator[Finding]:
    """A warning per printed share that rounding cannot make of its amount."""
    whole = _amount(block.total)
    for row in block.lines:
        share, amount = row.figures.get("percent"), _amount(row)
        if not whole or share is None or amount is None:
            continue
        exact = Fraction(100 * amount) / whole
        if abs(share.value - exact) > share.half_step + Fraction(100) / (2 * max(whole, -whole)):
            wanted = round_half_away(exact, share.decimals)
            yield tell(
                "kostnadsslag-andel",
                share.ref,
                label=row.label,
                share=swedish(share.value, share.decimals, "%"),
                amount=swedish(amount),
                whole=swedish(whole),
                right=swedish(wanted, share.decimals, "%"),
                stated=share.value,
                calculated=wanted,
            )


def _whole(blocks: Sequence[_Block]) -> Iterator[Finding]:
    """The last block against the others together, where it is called the whole."""
    if len(blocks) < 3 or not is_everyone(blocks[-1].name):
        return
    *parts, whole = blocks
    for row in (*whole.lines, *([whole.total] if whole.total else [])):
        same = [
            amount
            for part in parts
            for other in (*part.lines, part.total)
            if other is not None
            and words_of(other.label) == words_of(row.label)
            and (amount := _amount(other)) is not None
        ]
        stated = _amount(row)
        severity = None if stated is None else totals.severity(stated, sum(same), len(same))
        if severity and stated is not None:
            yield tell(
                "kostnadsslag-hela",
                row.figures["amount"].ref,
                "differs",
                "rounding" if severity == "info" else "correct",
                severity=severity,
                label=row.label,
                stated=stated,
                calculated=sum(same),
            )
