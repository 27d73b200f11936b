"""Cases of findings about people: participants, teams, parties and shares of them."""

from __future__ import annotations

from support.finding_cases import Case, one
from support.typed_sheets import P

_VISITS = [
    ["Plats", "Kallade", "Kom", "Närvaro"],
    ["Ekeby", 40, 31, P(0.78)],
    ["Lunda", 25, 18, P(0.72)],
    ["Tuna", 36, 21, P(0.58)],
    ["Vik", 31, 26, P(0.84)],
]
_ANSWERS = [
    ["Fråga", "Helt", "Delvis", "Inte", "Svar"],
    ["Ett", P(0.62), P(0.27), P(0.11), 45],
    ["Två", P(0.49), P(0.33), P(0.18), 45],
    ["Tre", P(0.51), P(0.29), P(0.2), 45],
    ["Fyra", P(0.7), P(0.2), P(0.1), 50],
]
_STAFF = [
    ["Enhet", "Kvinnor", "Män", "Anställda"],
    ["Norr", 4, 3, 7],
    ["Söder", 6, 1, 7],
    ["Väst", 2, 5, 7],
    ["Öst", 9, 2, 11],
]
_QUEUE = [
    ["Månad", "I kö", "Inkomna", "Avgjorda", "Återstår"],
    ["jan", 12, 5, 4, 13],
    ["feb", 13, 7, 2, 18],
    ["mar", 18, 1, 9, 10],
    ["apr", 10, 6, 5, 11],
    ["maj", 11, 3, 6, 8],
]
_ANSWERED = [
    ["Part", "Aktualiserade", "Fått ja", "Fått nej"],
    ["Arbetsförmedlingen", 33, 6, 27],
    ["Försäkringskassan", 50, 11, 39],
    ["Regionen", 39, 9, 30],
    ["Totalt", 122, 26, 96],
]
_TEAMS_IN_YEAR = [
    ["Deltagare 2025 per insats"],
    ["Insats", "Inskrivna vid årets början", "Nya", "Avslutade", "Kvar vid årets slut"],
    ["Bryggan", 14, 22, 19, 17],
    ["Spåret", 20, 18, 16, 22],
    ["Steget", 9, 15, 11, 13],
    ["Samtliga", 43, 55, 46, 52],
]
_PARTICIPANTS = [
    ["Deltagare 2021"],
    ["Samordningsförbundet totalt", "Kvinnor", "Män", "Totalt", "Procent"],
    ["Antal deltagare hela året", None, None, 60],
    ["varav nya för året", 12, 13, 25],
    ["Ingående deltagare", None, None, 35],
    ["Antal avslutade", None, None, 40],
    ["Avslutats till positiv lösning", 16, 14, 30, P(0.75)],
    ["varav till arbete", 9, 8, 17, P(0.57)],
    ["varav till studier", 7, 6, 13, P(0.43)],
    ["Avbrott av hälsoskäl", 4, 2, 6, P(0.15)],
    ["Övriga avbrott", 2, 2, 4, P(0.1)],
    ["Antal kvar i verksamheten", None, None, 20],
]
_TEAMS = [
    ["Resultat per team 2021"],
    ["Team", "Avslut och avbrott", "Positiv lösning", "Arbete", "Studier"],
    ["Torget", 25, 20, 8, 6],
    ["Norrby", 15, 10, 9, 7],
    ["Totalt", 40, 30, 17, 13],
]
_PARTIES = [
    ["Aktualiserande parter 2021"],
    ["Part", "Aktualiserade", "Varav andel kvinnor", "Fått ja i beredning", "Andel som fått ja"],
    ["Arbetsförmedlingen", 20, P(0.45), 15, P(0.75)],
    ["Försäkringskassan", 12, P(0.5), 10, P(0.83)],
    ["Regionen", 10, P(0.6), 8, P(0.8)],
    ["Totalt", 42, None, 33, P(0.79)],
]
_RATES = [
    ["Svarsfrekvens i enkäterna 2021"],
    ["Enhet", "Deltagare vid avslut", "Chefer"],
    ["Förbundet i sin helhet", P(0.5), P(0.9)],
    ["Torget", P(0.52), P(0.8)],
    ["Norrby", P(0.47), P(1.0)],
]
_ASSOCIATION = {"Svar": _RATES, "Deltagare": _PARTICIPANTS, "Team": _TEAMS}

CASES = {
    "andel-avhuggen": one(_PARTIES, {"E6": P(0.78)}, at="E6"),
    "andel-avviker": one(_VISITS, {"D4": P(0.62)}, at="D4"),
    "andelar-inte-hela": one(_ANSWERS, {"D5": P(0.16)}, at="B5"),
    "avslut-summa-avviker": one(_PARTICIPANTS, {"D6": 41}, at="D6"),
    "del-storre-an-helhet": one(_TEAMS, {"C3": 84}, at="C3"),
    "delar-summa-avviker": one(_ANSWERED, {"D5": 98}, at="D5"),
    "deltagare-summa-avviker": one(_TEAMS_IN_YEAR, {"D6": 49}, at="D6"),
    "flode-avviker": one(_QUEUE, {"E3": 17}, at="E3"),
    "helhet-utanfor-delar": one(_RATES, {"C3": P(0.7)}, at="C3"),
    "ingaende-nya-avviker": one(_PARTICIPANTS, {"D5": 30}, at="D3"),
    "ja-fler-an-remitterade": one(_PARTIES, {"B5": 7}, at="D5"),
    "kon-summa-avviker": one(_STAFF, {"B4": 3}, at="D4"),
    "kvar-avviker": one(_PARTICIPANTS, {"D12": 18}, at="D12"),
    "parter-summa-avviker": one(_PARTIES, {"B6": 45}, at="B6"),
    "plattformar-avviker": Case({"": {"Team": _TEAMS, "D": _PARTICIPANTS}}, {"D4": 8}, at="D3"),
    "plattformar-summa-avviker": one(_TEAMS, {"B5": 41}, at="B5"),
    "positiv-summa-avviker": one(_PARTICIPANTS, {"D8": 19}, at="D7"),
    "procent-omojlig": one(_ANSWERS, {"B4": P(0.52)}, at="B4"),
    "svar-summa-avviker": Case({"": _ASSOCIATION}, {"B4": P(0.8), "B5": P(0.27)}, at="B3"),
}
