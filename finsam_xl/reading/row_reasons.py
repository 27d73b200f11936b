"""Why a row was taken for what it is, and a sum for what it adds: what is told of it.

A score of 0.9 or more is enough to write a figure by; below 0.6 a sum is a guess.
"""

from __future__ import annotations

from collections.abc import Container, Mapping

from finsam_xl.reading.row_found import Found, Source
from finsam_xl.reading.row_table import RowTable
from finsam_xl.records import NamedTuple

_SCORES = {
    Source.FORMULA: 0.9,
    Source.FIGURES: 0.7,
    Source.NAME: 0.7,
    Source.PLACE: 0.5,
    Source.GUESS: 0.2,
}


class Evidence(NamedTuple):
    """What a claim rests on: its sources, how sure it is, and short sentences to be shown."""

    sources: tuple[str, ...]
    score: float
    why: tuple[str, ...]


def of_sum(table: RowTable, row: int, found: Found) -> Evidence:
    """What a sum rests on."""
    fit = found.fit
    sources: list[str] = [found.source]
    reasons: list[str] = []
    if found.source is Source.GUESS:
        return Evidence(
            (found.source,),
            _SCORES[found.source],
            ("bara ena sidan finns, och det ger inget resultat",),
        )
    score = _SCORES[found.source]
    if found.source is Source.FORMULA:
        reasons.append("radens egna formler säger vad den lägger ihop")
    if fit.compared:
        reasons.append(f"summan stämmer i {fit.held} av {fit.compared} kolumner")
        score += 0.2 * (fit.held / fit.compared - 0.5) + (0.1 if fit.telling > 1 else 0)
        if not fit.held:
            score = min(score, 0.4)
        elif found.source is not Source.FIGURES:
            sources.append("figures")
    if table.said[row].is_sum or table.said[row].is_result:
        sources.append("name")
        score += 0.1
        reasons.append(f"”{table.label(row)}” är namnet på en summa")
    return Evidence(
        tuple(dict.fromkeys(sources)), round(min(1.0, max(0.0, score)), 2), tuple(reasons)
    )


def of_roles(table: RowTable, found: Mapping[int, Found]) -> tuple[Evidence, ...]:
    """What the role of each row rests on."""
    added = {part for one in found.values() for part, _ in one.parts}
    return tuple(_of_role(table, found, added, row) for row in range(len(table)))


def _of_role(
    table: RowTable, found: Mapping[int, Found], added: Container[int], row: int
) -> Evidence:
    role = table.roles[row]
    if row in found:
        return of_sum(table, row, found[row])
    if role in ("section", "note"):
        what = "rader med belopp följer" if role == "section" else "inga belopp följer"
        return Evidence(("place",), 0.8, (f"raden har inga belopp och {what}",))
    if role in ("line", "subline"):
        if row in added:
            return Evidence(("figures",), 0.9, ("raden ingår i en summa",))
        return Evidence(("place",), 0.6, ("raden ingår inte i någon summa",))
    return Evidence(("name",), 0.6, (f"”{table.label(row)}” säger vad raden är",))
