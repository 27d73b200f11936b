"""The Swedish guide to the functions: the text of the README's section, made from the registry.

>>> readme_section().splitlines()[0]
'## Funktioner i celler'
"""

from __future__ import annotations

from collections.abc import Iterator

from finsam_xl.registry.catalogue import FUNCTIONS

HEADING = "## Funktioner i celler"
_ABOUT = """\
Skrivs som andra funktioner i Excel och LibreOffice. Ett område som argument ger ett område som
svar, lika stort, i ett enda anrop. Tomt är inte noll: saknas ett värde som behövs blir svaret
tomt. Tal får vara text som `11 540` eller `82,36 %`. Det som inte går att använda ger ett
felvärde, aldrig en text som liknar ett tal: `#VÄRDEFEL!` när något är fel skrivet, `#SAKNAS!` när
svaret inte finns (inte mätt, regel saknas), `#DIVISION/0!` när det hela är 0. Ett fel i en cell
som pekas ut följer med till svaret, utom `#SAKNAS!` i *uppnått*, *antal* och *utfall*, som
betyder inte mätt. Utan datum gäller regeln för det år då cellen räknas; Excel räknar om
en cell när något den pekar på ändras, och alla med Ctrl+Alt+F9."""
_HOSTS = """\
**Varför visar cellen det?** I Excel på skrivbordet med xlwings och i LibreOffice läser
`FINSAM_VARFOR(B2)` cellens formel och räknar om den. I xlwings Lite och Excel på webben får en
funktion inte läsa formler: skriv `FINSAM_VARFOR(FORMELTEXT(B2))` när argumenten står i formeln,
annars visar åtgärdsfönstret orsaken. En funktion som bara ser felvärdet säger vad som senast gav
samma fel, och det kan vara en annan cell.

**Tomma celler i xlwings Lite** kan komma fram som 0. En nolla som gräns, mål, nära, säkerhet
eller datum räknas därför som utelämnad överallt. Där tomt och 0 ger olika svar – budget och
uppnått – ger Lite `#VÄRDEFEL!` med orsaken; skriv `0 kr`, `Ja`, `Nej` eller `Ej mätt`. I andra
belopp räknas en tom cell där som 0."""


def readme_section() -> str:
    """The whole section: what holds for all, a table, and what each host can do."""
    head = ["| funktion | ger | exempel |", "|---|---|---|"]
    table = "\n".join([*head, *_rows()])
    return f"{HEADING}\n\n{_ABOUT}\n\n{table}\n\n{_HOSTS}\n"


def _rows() -> Iterator[str]:
    for function in FUNCTIONS:
        choices = [f"*{a.name}*: {a.help}" for a in function.arguments if a.choices]
        said = " ".join([function.help, *choices])
        yield f"| `{function.signature}` | {said} | `{function.example.formula}` |"
