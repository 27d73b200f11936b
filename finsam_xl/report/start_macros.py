"""What the sheet *Start* says in a macro workbook."""

from __future__ import annotations

from collections.abc import Sequence

from finsam_xl import handbok
from finsam_xl.report.start_sheet import Line, Notice, Section, Story, Texts

NOTICE_NAME = "finsam_blockerat"
_NOTICE = Notice(
    "▼  Makron är blockerade. Knapparna gör inget förrän de tillåts.",
    (
        "Står det ”Aktivera innehåll” ovanför bladet: klicka där. Det här försvinner då.",
        (
            "Hämtad från nätet eller e-post: stäng Excel, högerklicka på filen, välj Egenskaper, "
            "bocka för ”Avblockera”, OK, öppna igen."
        ),
        (
            "Ingen sådan ruta, eller en fil på en server: lägg den i en betrodd plats (Arkiv, "
            "Alternativ, Säkerhetscenter) eller fråga IT."
        ),
    ),
    NOTICE_NAME,
)
_DATA = Section(
    "Vad som händer med det du har skrivit",
    (
        Line(
            "Skrivs",
            "Tomma summor, avvikelser, andelar, avgifter. I sociala budgetar Uppnått, Poäng och "
            "Impactindex.",
        ),
        Line(
            "Lämnas i fred",
            "Formler, rubriker, texter och allt annat. En summa som någon har skrivit ersätts "
            "inte: skiljer den sig från sina rader sägs det.",
        ),
        Line(
            "Allt eller inget",
            "Går något fel mitt i återställs cellerna, och det sägs vad som hindrade.",
        ),
        Line(
            "Går att ångra",
            "Knappen Ångra tar tillbaka det knapparna skrev; det du skrivit sedan dess står kvar. "
            "Excels eget Ångra (Ctrl+Z) når det inte.",
        ),
        Line("Stannar hos dig", "Allt räknas på din dator. Inget skickas någonstans."),
    ),
)
_NEEDED = Section(
    "Det här behövs",
    (
        Line(
            "Python",
            "Python 3.11 eller senare och finsam-xl[excel]. Anslut en gång: "
            "python -m finsam_excel.macros anslut",
        ),
        Line(
            "Funktioner",
            "I Excel för Windows: =FINSAM_AVGIFT(…) och de andra, i gruppen Finsam under "
            "Infoga funktion.",
        ),
        Line(
            "Går det inte",
            "Spärrar datorn Python från Excel: använd xlwings Lite (finsam-xl koppla --for lite, "
            "för exempelböckerna filen som slutar på -lite.xlsx), eller kör finsam-xl räkna-om.",
        ),
        Line(
            "Handboken", f"{handbok.told('knappar')}. Den ligger på datorn och behöver inget nät."
        ),
    ),
)
_LITE = Section(
    "Utan Python på datorn",
    (
        Line(
            "xlwings Lite",
            "Boken har också Lites delar: öppna tillägget xlwings Lite från fliken Start, godkänn "
            "boken, och använd knapparna i åtgärdsfönstret.",
        ),
    ),
)
_FOOT = "Det här bladet kan tas bort eller flyttas; knapparna finns också på fliken Finsam."


def texts(
    story: Story, buttons: Sequence[tuple[str, str, str]], *, notice: bool, lite: bool = False
) -> Texts:
    """The texts of one workbook; ``notice``: its macros can say that they run.

    ``lite``: it has the parts of xlwings Lite as well.
    """
    return Texts(
        story.title,
        story.association,
        story.about,
        tuple(buttons),
        (Section("Börja här", story.places), _DATA, _NEEDED, *((_LITE,) if lite else ())),
        f"{story.foot} {_FOOT}".strip(),
        _NOTICE if notice else None,
    )
