"""What the column Anmärkning says, in Swedish."""

from __future__ import annotations

from collections.abc import Mapping

LONGEST_BASIS = 110

SECOND_CONDITION = (
    "Villkoret om genomströmning minst 40 % prövas inte här, eftersom de tryckta poängen "
    "kräver målet nått vid Ungdomstorget och Vuxentorget"
)

UNCERTAIN_READINGS: Mapping[str, str] = {
    "1.2.4": "Redovisat: extratjänster 22, fortsatt rehabilitering och öppet arbetssökande 59, "
    "saknar arbetsförmåga 32, av 247",
    "1.4.1-Umeå": "Resultatet går inte att läsa i bilaga 4; bilaga 3 anger en ökning",
    "2.1.1": "Kvinnornas antal oläsligt; 382 är bästa läsning (382 + 405 = 787). "
    "De 164 män som är tryckta stämmer inte med 51 % av 787",
    "2.1.2": "Männens rad saknas; 20 eller 21 män ger båda 81 % kvinnor, 21 antaget",
    "2.1.4": "Exakt 40 och 60 % räknas som jämn fördelning",
    "2.5.1": "Männens antal hämtat ur textens 164",
    "2.5.2": "131 män enligt tabell 1 (247 − 116); bilaga 4 kan också läsas 132",
    "2.5.3": "35 män enligt tabell 1 (77 − 42)",
    "2.5.4": "29 män enligt tabell 1 (57 − 28)",
    "2.5.5": "Antalen hämtade ur tabell 1; gränsen saknas och antas vara som i 2.5.2–2.5.4",
    "3.2.2": "Osäker läsning: 4 av 93 eller 2 av 93; båda klarar gränsen",
    "3.2.3": "Gränsen ser ut som 50 % men antas vara 80 %; 91 % klarar båda",
    "3.3.2": "Svårläst; 2 av 93 är bästa läsning",
    "3.5.2": "Procenttalet svårläst; 4 av 42 är knappt 10 %",
    "4.1.1": "Gränsen svårläst; 80 % är bästa läsning",
    "4.1.5": "Den måste ligga över 70 %, eftersom målet inte är nått",
    "4.2.3": "Gränsen svårläst; 70 % är bästa läsning",
    "4.4.1": "Gränsen svårläst; 80 % är bästa läsning",
    "4.5.1": "Den kan också vara 70 %",
    "4.5.2": "Den kan också vara 70 %; 60 av 89 är bästa läsning (67 %)",
    "5.1.1": "Täljaren svårläst; 85 av 89 är bästa läsning (96 %)",
    "5.2.1": "Nämnaren svårläst; 80 av 89 är bästa läsning (90 %)",
}

SHORTENED_BASES: Mapping[str, str] = {
    "Bilaga 3: ett fåtal har känt sig diskriminerade, grunder namnges inte; alla sju behövs för "
    "13 poäng när enkätskillnaden väger 4": "Bilaga 3: ett fåtal har känt sig diskriminerade, "
    "grunder namnges inte; alla sju behövs för 13 poäng",
    "Bilaga 3: upplevd diskriminering på två grunder utan att de namnges; vald för att förbundet "
    "har flest sådana svar där": "Bilaga 3: diskriminering på två grunder som inte namnges; vald "
    "där förbundet har flest sådana svar",
    "1.7.5: kranskommunernas styrgrupp tycker inte att uppföljningen används; sjätte poängen "
    "läggs här (4.5.2 vore lika möjlig)": "1.7.5: kranskommunernas styrgrupp ser inte att "
    "uppföljningen används; 4.5.2 vore lika möjlig",
    "Könsfördelningen jämn (47 %); omsättningen 33 % bryter villkoret om 40 %, men texten listar "
    "den inte som avvikelse": "Könsfördelningen jämn (47 %); omsättningen är 33 %, men texten "
    "nämner ingen avvikelse",
    "Könsfördelningen jämn (51 %); omsättningen 37 % bryter villkoret om 40 %, men texten listar "
    "den inte som avvikelse": "Könsfördelningen jämn (51 %); omsättningen är 37 %, men texten "
    "nämner ingen avvikelse",
    "Antagen miss, onämnd i texten: förbundets miss kräver minst en plattform, och medarbetarna "
    "här ger låga omdömen": "Antagen miss, onämnd i texten; medarbetarna här ger låga omdömen",
}


def lost_limit(assumed: int) -> str:
    """Say that a limit could not be read and what was assumed instead."""
    return f"Gränsen oläslig i dokumentet; {assumed} % antagen"


def short(basis: str) -> str:
    """Return the basis of a judgement, shortened where it would fill too much of a row."""
    return basis if len(basis) < LONGEST_BASIS else SHORTENED_BASES[basis]


def joined(*parts: str) -> str:
    """Join the parts that are not empty into sentences."""
    return " ".join(f"{part}." for part in parts if part)
