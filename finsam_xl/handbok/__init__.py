"""Which heading of the handbook tells of what: the one list that every host points with.

A sheet is opened on other computers than the one it was made on, and the handbook lies wherever
finsam-xl is installed: an address of a file would be dead there, and Excel asks before it follows
one. So what stands in a sheet or a task pane is the heading as it is printed, which is found in
any copy of the handbook, and the command that opens it.

>>> told("rättelser")
'Hur bladen läses, ”Rätta det som lästes fel” (finsam-xl handbok rättelser)'
>>> BY_SUBJECT["it"].address
'it.html'
"""

from __future__ import annotations

from finsam_xl.records import NamedTuple


class Heading(NamedTuple):
    """A heading that a person can be led to.

    ``subject``: what is typed behind *finsam-xl handbok*; ``page``: its file, without ending, and
    what the page is called; ``mark``: the heading's own, '' for the page; ``title``: as it reads,
    '' for the page.
    """

    subject: str
    page: str
    called: str
    mark: str = ""
    title: str = ""

    @property
    def address(self) -> str:
        """Where it stands, from the handbook's folder."""
        return f"{self.page}.html{f'#{self.mark}' if self.mark else ''}"

    @property
    def names(self) -> str:
        """The page and the heading, as they are printed."""
        return f"{self.called}, ”{self.title}”" if self.title else self.called

    @property
    def command(self) -> str:
        """What opens it."""
        subject = f'"{self.subject}"' if " " in self.subject else self.subject
        return f"finsam-xl handbok {subject}"


_READ, _BUTTONS, _REPORTS = "Hur bladen läses", "Knappar", "Rapporter"
_LEDGER = "Utfallet ur bokföringen, och nyckeln ur SCB"
_WRITTEN = "Vad som skrivs, och vad som aldrig skrivs"
_WIRE = "Koppla din egen bok, och frys den"
HEADINGS = (
    Heading("ett år på kansliet", "aret", "Ett år på kansliet"),
    Heading("kommandon", "kommandon", "Kommandon"),
    Heading("knappar", "knappar", _BUTTONS),
    Heading("lite", "knappar", _BUTTONS, "lite", "I Excel utan Python: xlwings Lite"),
    Heading("libreoffice", "knappar", _BUTTONS, "libreoffice", "I LibreOffice Calc"),
    Heading("funktioner", "funktioner", "Funktioner i celler"),
    Heading("fynd", "fynd", "Fynd"),
    Heading("rapporter", "rapporter", _REPORTS),
    *(
        Heading(title.lower(), "rapporter", _REPORTS, mark, title)
        for mark, title in (
            ("rapport-tertial", "Rapport Tertial"),
            ("rapport-plan", "Rapport Plan"),
            ("rapport-avgifter", "Rapport Avgifter"),
            ("rapport-impactindex", "Rapport Impactindex"),
            ("rapport-mal", "Rapport Mål"),
            ("rapport-arsredovisning-ekonomi", "Årsredovisning Ekonomi"),
            ("rapport-arsredovisning-verksamhet", "Årsredovisning Verksamhet"),
            ("rapport-vad-kravs", "Rapport Vad krävs"),
            ("rapport-avgifter-om", "Rapport Avgifter vad händer om"),
            ("rapport-budget-om", "Rapport Vad händer budget"),
            ("rapport-andrat-resultat", "Rapport Ändrat resultat"),
            ("tank-om", "Tänk om"),
            ("rapport-kontroll", "Rapport Kontroll"),
        )
    ),
    Heading("vad som skrivs", "skrivs", _WRITTEN),
    Heading("vad som lästes", "lasning", _READ),
    Heading("rättelser", "lasning", _READ, "rattelser", "Rätta det som lästes fel"),
    Heading("inställningar", "lasning", _READ, "installningar", "Inställningar och egna ord"),
    Heading("bokföring", "bokforing", _LEDGER),
    Heading("koppla", "koppla", _WIRE),
    Heading("frys", "koppla", _WIRE, "frys", "Frys för utskick"),
    Heading("it", "it", "För IT"),
    Heading("revisor", "revisor", "För revisorn"),
    Heading("bibliotek", "bibliotek", "Som bibliotek i Python"),
    Heading("inte prövat", "okant", "Vad som inte är prövat"),
)
"""The headings that are written; those of commands, buttons, functions and findings are made."""
BY_SUBJECT = {heading.subject: heading for heading in HEADINGS}


def told(subject: str) -> str:
    """What is said to somebody who is to look a subject up."""
    heading = BY_SUBJECT[subject]
    return f"{heading.names} ({heading.command})"
