"""Why a cell is left blank, in words a finance officer knows: one finding per table and reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from finsam_xl.model import Finding, Ref, Severity
from finsam_xl.model_budget import Amount
from finsam_xl.records import NamedTuple


class Doubt(NamedTuple):
    """A reason to leave a cell blank; ``detail`` names the place that raised it.

    ``remedy``: what a person may do, where that is not the reason's usual one.
    """

    reason: str
    detail: str = ""
    remedy: str | None = None
    severity: Severity = "info"


class Verdict(NamedTuple):
    """A figure that may be written, or the doubt that forbids it; neither where all is blank."""

    amount: Amount = None
    doubt: Doubt | None = None


class LeftBlank(NamedTuple):
    """A cell that is not filled in: what it would have been, and why not."""

    ref: Ref
    code: str
    what: str
    doubt: Doubt


PART_BLANK = "en rad som ska räknas med är tom, och tomt är inte noll"
ALL_BLANK = "raderna som ska räknas med är tomma"
NO_CLOSING = "det finns inget utgående värde året innan att hämta"
PART_UNREAD = "en cell som ska räknas med har inget belopp som kan läsas"
PART_OTHER_UNIT = "en rad som ska räknas med verkar inte vara ett belopp"
PART_TWICE = "en rad ser ut att vara summan av andra som också räknas med"
NO_NAME = "en rad som ska räknas med har inget namn"
ROW_UNREAD = "det finns belopp på rader som inte är lästa"
DOES_NOT_HOLD = "summan stämmer inte i de andra kolumnerna"
TWO_WAYS = "två sätt att räkna är lika troliga och ger olika svar"
FORMULA_LEAVES_OUT = "formlerna bredvid lämnar ut en rad som har ett belopp"
UNLIKE_LINES = "raderna är skrivna på olika nivåer, så det framgår inte vilka som ingår i andra"
NO_PARTS = "det framgår inte vilka rader summan gäller"
NOT_A_SUM = "det framgår inte säkert att raden är en summa"
SIDE_UNSURE = "det framgår inte vad som är intäkt och vad som är kostnad"
ONE_SIDE = "bara intäkter eller bara kostnader finns i tabellen"
STALE = "en formel som räknas med bygger på celler som är tomma"
OF_BLANKS = (STALE, PART_BLANK)
"""Why a formula's figure means nothing: what it looks at is blank."""
UNDER_MERGE = "cellen ligger dold under en sammanfogad cell"
STANDS_BESIDE = "samma summa står redan på raden intill"
EQUITY_UNSURE = "det framgår inte vad eget kapital ändras med"
NO_PAIR = "det framgår inte vilka två kolumner avvikelsen är mellan"
OTHER_SENSE = "avvikelserna som står i kolumnen är räknade på ett annat sätt"
SENSE_UNSURE = "det framgår inte vad som är plus och vad som är minus i avvikelsen"
RATIO_UNSURE = "det framgår inte vad procenttalet är räknat på"
AS_TEXT = "talen i kolumnen är skrivna som text, och ett tal bredvid dem skulle visas annorlunda"
SHARE_UNKNOWN = "det som andelen räknas på är tomt eller står inte i tabellen"
OF_POT_OR_PART = "det framgår inte om den är av hela potten eller av kommunernas del"
STANDING = "raden är vad som finns vid en tidpunkt, och tidpunkter läggs inte ihop"
SPAN_UNSURE = "det framgår inte vilka kolumner som ska läggas ihop"
RULE_MISSING = "regel saknas för så stora avgifter eller för året"
NO_CLASS = "en kostnadsrad saknar klass"
OTHER_RULE = "tabellen säger en annan regel än rekommendationen"
TWO_FIGURES = "två beräkningar ger olika värden"

_REMEDY = {
    PART_BLANK: "Fyll i den, med 0 om det är noll.",
    ALL_BLANK: "Fyll i dem, med 0 om de är noll.",
    PART_UNREAD: "Skriv ett tal i cellen.",
    PART_OTHER_UNIT: "Skriv summan själv, eller flytta raden ut ur tabellen.",
    DOES_NOT_HOLD: "Rätta dem, så fylls den i.",
    SHARE_UNKNOWN: "Fyll i det, så räknas den.",
    OF_POT_OR_PART: ("Skriv statens och regionens andel i kolumnen, så fylls kommunernas i."),
    STALE: "Fyll i dem, eller kör en gång till när de är ifyllda.",
}
_ASK = "Skriv värdet själv; nästa år läses det som står i kolumnen bredvid."


def findings(left: Iterable[LeftBlank]) -> Iterator[Finding]:
    """One note for each reason in a table, at its first cell; the other cells are named with it."""
    groups: dict[tuple[str, str, str], list[LeftBlank]] = {}
    for one in left:
        groups.setdefault((one.ref.sheet, one.code, one.doubt.reason), []).append(one)
    for (_, code, reason), group in groups.items():
        first = group[0]
        more = f" (och {len(group) - 1} till)" if len(group) > 1 else ""
        detail = f" ({first.doubt.detail})" if first.doubt.detail else ""
        remedy = first.doubt.remedy
        remedy = _REMEDY.get(reason, _ASK) if remedy is None else remedy
        yield Finding.at(
            first.ref,
            first.doubt.severity,
            code,
            f"{first.what}{more} fylls inte i: {reason}{detail}. {remedy}".rstrip(),
            also=[one.ref for one in group[1:]],
        )
