"""The vocabulary as data: every axis by its words, whatever their form, and strict files."""

from __future__ import annotations

import tomllib
import unicodedata
from enum import StrEnum
from fractions import Fraction

import pytest

from finsam_xl.calc import fees as fee_calc
from finsam_xl.calc.goal_map import Measure as GoalMeasure
from finsam_xl.errors import InputError, PolicyError
from finsam_xl.hosts.ooxml.wiring import lite_core
from finsam_xl.labels import normalise
from finsam_xl.model import RuleKind
from finsam_xl.model import Word as Outcome
from finsam_xl.policy import MembershipFeeRules
from finsam_xl.registry.fees import FINANSIERING
from finsam_xl.words import (
    kinds,
    people,
    quantities,
    results,
    scenarios,
    sides,
    targets,
    totals,
    units,
)
from finsam_xl.words.alternatives import Alternative, Choice
from finsam_xl.words.amounts import NoAmount
from finsam_xl.words.association import NamePart
from finsam_xl.words.axis import Axis
from finsam_xl.words.balanskrav import Post
from finsam_xl.words.ceiling import Step
from finsam_xl.words.count_columns import PART, WHOLE, CountColumn, CountTitle, is_titled, says
from finsam_xl.words.documents import Document
from finsam_xl.words.fee_columns import FeeColumn
from finsam_xl.words.finder import Finder
from finsam_xl.words.goal_measures import GoalSense
from finsam_xl.words.headings import headings_of
from finsam_xl.words.helpers import Helper
from finsam_xl.words.kinds import Kind
from finsam_xl.words.ledger_columns import LedgerColumn
from finsam_xl.words.loader import FOLDER, Word, parse_words, read_words
from finsam_xl.words.meanings import KindName, RowName, SignName
from finsam_xl.words.measures import Closing, IndexColumn, Measure
from finsam_xl.words.methods import Method
from finsam_xl.words.parties import (
    LIKELY,
    POSSIBLE,
    Fee,
    Party,
    are_municipalities,
    is_earmarked,
    is_pot,
    is_quarter,
    party,
    payer,
)
from finsam_xl.words.patterns import pattern
from finsam_xl.words.people import Movement, People, Person, Sex, people_of, sex
from finsam_xl.words.periods import Time
from finsam_xl.words.quantities import Quantity, quantity
from finsam_xl.words.results import Of, Result, Stock
from finsam_xl.words.scenarios import Hedge, Ratio, Scenario
from finsam_xl.words.senses import Sense
from finsam_xl.words.shading import Shading
from finsam_xl.words.sides import Side, speaks_of, surely
from finsam_xl.words.statements import PLAIN, Flow, Line, flow, is_row
from finsam_xl.words.targets import Judgement, Part
from finsam_xl.words.totals import Total
from finsam_xl.words.units import Unit, unit
from finsam_xl.words.unlike import Unlike
from finsam_xl.words.versions import Version
from finsam_xl.words.volumes import Volume

FILES = sorted(p.relative_to(FOLDER).with_suffix("").as_posix() for p in FOLDER.rglob("*.toml"))
VALUES: dict[str, type[StrEnum]] = {
    "unlike": Unlike, "total": Total, "party": Party, "fee": Fee, "unit": Unit, "side": Side, "result": Result,
    "count_column": CountColumn, "count_title": CountTitle, "stock": Stock, "quantity": Quantity, "people": People, "sex": Sex,
    "movement": Movement, "person": Person, "rule": RuleKind,
    "alternative": Alternative, "choice": Choice, "method": Method,
    "outcome": Outcome, "judgement": Judgement, "scenario": Scenario, "hedge": Hedge,
    "kind": Kind, "stock_of": Of, "statement": Line, "flow": Flow,
    "period": Time, "version": Version,
    "fee_column": FeeColumn,
    "rule_part": Part,
    "measure": Measure, "index_column": IndexColumn, "closing_row": Closing,
    "balanskrav": Post, "ceiling": Step, "documents": Document,
    "kind_name": KindName, "row_name": RowName, "sign_name": SignName,
    "goal_measure": GoalMeasure, "goal_sense": GoalSense,
    "association": NamePart, "ledger_column": LedgerColumn,
    "amount": NoAmount, "helper": Helper, "shading": Shading, "volume": Volume, "ratio": Ratio, "sense": Sense,
}  # fmt: skip
GROUP = '[[words]]\nvalue = "a"\nweight = 1\nlanguage = "sv"\nsource = "s"\nwords = ["b"]\n'


def forms(label: str) -> list[str]:
    """A label as it may be typed: other cases, decomposed letters, spaces, marks, hyphenation."""
    middle = len(label) // 2
    return [
        label,
        label.upper(),
        unicodedata.normalize("NFD", label),
        f"  {label.replace(' ', '  ')} ",
        label.replace(" ", "\u00a0"),
        f"{label}:",
        f"{label[:middle]}\u00ad{label[middle:]}" if " " not in label else label,
    ]


@pytest.mark.parametrize("name", FILES)
def test_every_file_is_read(name: str) -> None:
    """Strictly: keys, weights, languages, sources, and no word twice."""
    assert read_words(name)


def test_word_files_go_along_in_a_book_for_the_web() -> None:
    """What Excel on the web runs is a copy of the sources: the words are among them."""
    assert {f"finsam_xl/words/{name}.toml" for name in FILES} <= lite_core.sources().keys()


@pytest.mark.parametrize("axis", sorted(VALUES))
def test_every_value_has_words_and_every_word_a_value(axis: str) -> None:
    """A rule kind or party that the file forgets, or one that nobody reads, is told here."""
    words = Axis(axis, VALUES[axis]).words
    assert {word.value for word in words} - {"none"} == set(VALUES[axis])


def test_every_axis_is_known_here() -> None:
    """A new file is a new axis, with a closed set, or the headings of a table."""
    assert {name for name in FILES if not name.startswith("headings/")} == set(VALUES)


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_toml(name: str) -> None:
    groups = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))["words"]
    told = [(w, g["value"], g["weight"], g["language"]) for g in groups for w in g["words"]]
    assert [(w.word, w.value, w.weight, w.language) for w in read_words(name)] == told


@pytest.mark.parametrize("name", FILES)
def test_no_word_is_two_values(name: str) -> None:
    """However it is written: case, form of letters and marks make no difference."""
    seen: dict[str, str] = {}
    for word in read_words(name):
        key = normalise(word.word.replace("*", "#"))
        assert seen.setdefault(key, word.value) == word.value, word.word


@pytest.mark.parametrize(
    ("label", "begins", "ends", "bare", "of"),
    [
        ("Summa kostnader", True, False, False, "kostnader"),
        ("S:a projektkostnader", True, False, False, "projektkostnader"),
        ("S:a", True, False, True, ""),
        ("Totalt", True, True, True, ""),
        ("Total verksamhetskostnad", True, False, False, "verksamhetskostnad"),
        ("Totala intäkter", True, False, False, "intäkter"),
        ("Delsumma personal", True, False, False, "personal"),
        ("Kostnader totalt", False, True, False, "kostnader"),
        ("Summan av allt", False, False, False, "summan av allt"),
        ("Totalentreprenad", False, False, False, "totalentreprenad"),
        ("Personal", False, False, False, "personal"),
    ],
)
def test_totals(label: str, *, begins: bool, ends: bool, bare: bool, of: str) -> None:
    for form in forms(label):
        assert totals.begins_as_sum(form) is begins
        assert totals.ends_as_sum(form) is ends
        assert totals.is_bare_sum(form) is bare
        assert totals.without_sum(form) == of


def test_the_whole_of_a_table_of_units() -> None:
    """By whole words: a unit may begin with the same letters."""
    for label in (
        "Alla plattformar",
        "Samtliga",
        "Hela förbundet",
        "Förbundet i sin helhet",
        "S:a",
    ):
        assert totals.is_everyone(label), label
    for label in ("Allaktivitetshuset", "Helårsinsatser", "Totalentreprenad", "Halmstad"):
        assert not totals.is_everyone(label), label
    assert not totals.is_sum("Alla kommuner"), "in a table of amounts it may be a line"


def test_sums_by_name() -> None:
    assert totals.is_named_sum("Verksamhetens kostnader")
    assert totals.is_named_sum("Medel från verksamheten")
    assert totals.is_cash_flow("Kassaflöde från den löpande verksamheten")
    assert totals.is_side_sum("Verksamhetens intäkter")
    assert not totals.is_named_sum("Verksamhetens resultat")


@pytest.mark.parametrize(
    ("label", "named"),
    [
        ("Försäkringskassan", Party.STATE),
        ("Försäkringskassan, Region Norr", Party.STATE),
        ("FK", Party.STATE),
        ("Staten 50 %", Party.STATE),
        ("Statens bidrag", Party.STATE),
        ("Region Västerbotten", Party.REGION),
        ("Västerbottens läns landsting", Party.REGION),
        ("Vännäs kommun", Party.MUNICIPALITIES),
        ("Kommunerna", Party.MUNICIPALITIES),
        ("Arbetsförmedlingen", Party.EMPLOYMENT),
        ("Kommunikation", None),
        ("Kommunförbundet Norr", None),
        ("Statistik", None),
        ("Fika", None),
        ("Station", None),
    ],
)
def test_parties(label: str, named: Party | None) -> None:
    for form in forms(label):
        assert party(form) is named


def test_who_pays() -> None:
    """Arbetsförmedlingen pays through Försäkringskassan; other money is nobody's fee."""
    assert payer("Arbetsförmedlingen") is Party.STATE
    assert payer("Avgift från Arbetsförmedlingen") is Party.STATE
    assert payer("Lönebidrag, Arbetsförmedlingen") is None
    assert payer("Lönebidrag, Arbetsförmedlingen", LIKELY) is Party.STATE
    assert payer("Statsbidrag") is None
    assert payer("Statsbidrag", LIKELY) is Party.STATE
    assert payer("Umeåregionen") is None
    assert payer("Umeåregionen", LIKELY) is None
    assert payer("Västra Götalandsregionen", POSSIBLE) is Party.REGION
    assert payer("Länk", POSSIBLE) is None
    assert is_earmarked("Försäkringskassan, extra tilldelning")
    assert is_earmarked("Lönebidrag, Arbetsförmedlingen")
    assert not is_earmarked("Försäkringskassan")


def test_words_of_fees() -> None:
    assert is_pot(units.without_unit("Pott i tkr"))
    assert is_pot(units.without_unit("Total tilldelning (kr)"))
    assert is_quarter("Kommunernas kvart")
    assert not is_quarter("Kvartal 1")
    assert are_municipalities("Kommuner")
    assert not are_municipalities("Vännäs kommun")


def test_what_a_function_offers_is_what_labels_mean() -> None:
    """The words that FINSAM_FINANSIERING takes name the same party as in a table."""
    (argument,) = (one for one in FINANSIERING.arguments if one.choices)
    for word, meaning in argument.choices.items():
        assert payer(word) == meaning, word


def test_a_party_that_pays_nothing_of_its_own_is_no_part_of_the_pot() -> None:
    rules = MembershipFeeRules(Fraction(50), Fraction(25), Fraction(25))
    with pytest.raises(InputError, match="Parten"):
        fee_calc.financing(100, Party.EMPLOYMENT, rules)


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("Budget 2024 (tkr)", Unit.TKR),
        ("Belopp i kr.", Unit.KR),
        ("Mkr", Unit.MKR),
        ("kr, tkr", Unit.TKR),
        ("Antal kronofogdar", None),
        ("Krav", None),
        ("kr/invånare", None),
        ("Belopp i tusentals kronor", Unit.TKR),
        ("Kronor, tusental", Unit.TKR),
        ("1000-tal kr", Unit.TKR),
        ("Budget 2024, 1 000 kr", Unit.TKR),
        ("t kr", Unit.TKR),
        ("milj. kr", Unit.MKR),
        ("miljontals kronor", Unit.MKR),
        ("Anslag på 10 000 kr", Unit.KR),
        ("Inköp över 1 000 kr", None),
        ("Kronor per deltagare", None),
        ("Avgift i tkr per kommun", Unit.TKR),
    ],
)
def test_units(text: str, of: Unit | None) -> None:
    assert unit(text) is of
    assert unit(unicodedata.normalize("NFD", text).upper()) is of


def test_units_and_kronor() -> None:
    assert [int(units.converted(1, one, Unit.KR)) for one in Unit] == [1000, 1_000_000, 1]
    assert units.converted(5, "st", "kr") == 5
    assert units.without_unit("Avgift, tkr") == "avgift"


@pytest.mark.parametrize(
    ("label", "on", "spoken"),
    [
        ("Ränteintäkter", Side.INCOME, Side.INCOME),
        ("Personalkostnader", Side.COST, Side.COST),
        ("Övriga utgifter, tkr", Side.COST, Side.COST),
        ("Intäkter/kostnader", None, Side.COST),
        ("Lämnade bidrag", None, Side.INCOME),
        ("Avgift från medlemmar", None, Side.INCOME),
        ("Avgifter från medlemmar", None, Side.INCOME),
        ("Kostnadsställe", None, Side.COST),
        ("Lokalhyra", None, None),
    ],
)
def test_sides(label: str, on: Side | None, spoken: Side | None) -> None:
    for form in forms(label):
        assert surely(form) is on
        assert speaks_of(form) is spoken


def test_whole_sides() -> None:
    for label in ("Summa kostnader", "S:a intäkter", "Kostnader totalt", "Summa alla kostnader",
                  "Verksamhetens kostnader", "Summa verksamhetens kostnader"):  # fmt: skip
        assert sides.is_whole_side(label), label
    for label in ("Summa personalkostnader", "Summa", "Kostnader kansli"):
        assert not sides.is_whole_side(label), label


def test_results_and_stocks() -> None:
    for label in ("Årets resultat", "Periodens resultat", "Resultat efter finansiella poster"):
        assert results.is_result(label)
        assert results.is_after_financial(label)
    for label in ("Resultat före finansiella poster", "Verksamhetens resultat"):
        assert results.is_result(label)
        assert not results.is_after_financial(label)
    assert not results.is_result("Resultatenhet")
    for form in forms("Eget kapital vid årets början"):
        assert results.opens(form)
        assert not results.closes(form)
    assert results.closes("Likvida medel per 2021-12-31, UB")
    assert not results.opens("Eget kapital, början på något annat")
    assert results.is_of("Likvida medel IB", Of.CASH)
    assert not results.is_of("Likvida medel IB", Of.EQUITY)
    assert results.is_inside("därav kansli")
    assert not results.is_inside("Varavattnet")


@pytest.mark.parametrize(
    ("label", "named"),
    [
        ("Summa eget kapital", Quantity.EQUITY),
        ("Eget kapital 2021-12-31 tkr", Quantity.EQUITY),
        ("Summa eget kapital och skulder", Quantity.BALANCE_TOTAL),
        ("Ingående eget kapital", Quantity.OPENING_EQUITY),
        ("Årets underskott", Quantity.DEFICIT),
        ("Intäkter 2021", Quantity.INCOME),
        ("Intäkter från kommuner", None),
        ("Medlemsavgift", None),
    ],
)
def test_quantities(label: str, named: Quantity | None) -> None:
    for form in forms(label):
        assert quantity(form) is named
    assert quantity("Medlemsavgift", quantities.LIKELY) is Quantity.FEES


def test_people() -> None:
    assert people_of("Avslut till extratjänster") is People.EXTRA
    assert people_of("Rehabilitering") is People.REHABILITATION
    assert people_of("Arbetet") is None
    for form in forms("Hälsoskäl"):
        assert people_of(form) is People.HEALTH
    assert sex("andel flickor") is Sex.WOMEN
    assert sex("män") is Sex.MEN
    assert sex("Kvinnor och män") is None
    assert people.is_of("Kvinnor och män", Sex.MEN)


@pytest.mark.parametrize(
    ("heading", "scenario"),
    [
        ("Utfall t.o.m. T2", Scenario.TO_DATE),
        ("Utfall tom augusti", Scenario.TO_DATE),
        ("Ack utfall", Scenario.TO_DATE),
        ("Per 19-08-31", Scenario.TO_DATE),
        ("Avvikelse mot budget", Scenario.DEVIATION),
        ("Andel i procent", Scenario.PERCENT),
    ],
)
def test_scenarios_in_headings(heading: str, scenario: Scenario) -> None:
    for form in forms(heading):
        assert scenarios.says(form, scenario)
    assert not scenarios.says("Sant om inget annat sägs", Scenario.TO_DATE)
    assert not scenarios.says("Backning", Scenario.TO_DATE)


def test_scenarios_alone_and_in_sentences() -> None:
    assert scenarios.named("bokslut") is Scenario.OUTCOME
    assert scenarios.named("helår") is Scenario.BESIDE
    assert scenarios.named("budgeten") is None
    assert scenarios.spoken("Årets budgeterade resultat enligt prognosen") is Scenario.BUDGET
    assert scenarios.spoken("Prognostiserat eget kapital") is Scenario.FORECAST
    assert not scenarios.may_be_heading("Lokalhyra")


def test_hedges() -> None:
    for word in ("ca", "Cirka", "ungefär", "drygt", "knappt", "nästan"):
        assert scenarios.is_about(f"{word} 40 deltagare")
        assert scenarios.without_about(f"{word} Deltagare") == "Deltagare"
    assert not scenarios.is_about("Cafékostnader")


def test_kinds_by_title() -> None:
    for form in forms("Balansräkning"):
        assert kinds.kind(form) is Kind.BALANCE
    assert kinds.kind("Noter") is Kind.NOTE
    assert kinds.kind("Notera detta") is None
    assert kinds.kind("Utfall 2021") is None
    assert kinds.is_closed("Utfall 2021")
    assert kinds.is_closed("Driftredovisning")
    assert not kinds.is_closed("Budget 2021")
    assert kinds.note_number("NOT 7a Eget kapital") == "7a"
    assert kinds.note_number("Notering 7") == ""
    assert kinds.without_note("Budget") == "Budget"


def test_rows_of_statements() -> None:
    """By whole labels: what is of several things is none of them alone."""
    for label in ("Summa eget kapital och skulder", "Eget kapital, avsättningar och skulder",
                  "Summa eget kapital, avsättningar samt obeskattade reserver och skulder",
                  "Skulder och eget kapital"):  # fmt: skip
        for form in forms(label):
            assert is_row(form, Line.EQUITY_AND_DEBTS), label
            assert not is_row(form, Line.EQUITY)
            assert not is_row(form, Line.DEBTS, PLAIN)
    assert is_row("Soliditet (%)", Line.SOLIDITY)
    assert not is_row("Soliditetsmål", Line.SOLIDITY)
    assert flow("Justeringar för poster som inte ingår") is Flow.ADJUSTMENT
    assert flow("Ökning av kortfristiga fordringar") is Flow.RECEIVABLES
    assert flow("Investeringar") is None


def test_targets() -> None:
    for form in forms("Jämn könsfördelning"):
        assert targets.rule_kind(form, RuleKind) is RuleKind.GENDER_BALANCE
    assert targets.rule_kind("≥", RuleKind) is RuleKind.SHARE_AT_LEAST
    assert targets.outcome("Ej mätt", Outcome) is Outcome.NOT_MEASURED
    assert (targets.judgement("✓"), targets.judgement("Nej"), targets.judgement("?")) == (
        True, False, None,
    )  # fmt: skip


def test_headings_of_tables() -> None:
    """With a year, in any case, hyphenated over lines; the order of fields is the file's."""
    headings = headings_of("social_budget")
    assert headings.field("Indikator-\nnummer *") == "number"
    assert headings.field("Viktning 2021") == "weight"
    assert next(iter(headings.fields)) == "area"


def test_columns_of_counts() -> None:
    """As wholes or by a word; a year says nothing of what a column holds."""
    for form in forms("Aktualiserade"):
        assert says(form, CountColumn.REFERRED) == WHOLE
    assert says("Befolkning 20–64 år 2020", CountColumn.POPULATION) == WHOLE
    assert says("Enkät till chefer", CountColumn.MANAGERS) == PART
    assert says("Chefredaktör", CountColumn.MANAGERS) == 0
    assert is_titled("Svarsfrekvens i enkäterna 2021", CountTitle.RESPONSES)
    assert not is_titled("Budget 2021", CountTitle.RESPONSES)


@pytest.mark.parametrize(
    ("word", "held", "not_held"),
    [
        ("summa", ["summa"], ["summa kostnader", "en summa"]),
        ("summa …", ["summa", "summa kostnader"], ["summan", "en summa"]),
        ("… totalt", ["totalt", "kostnader totalt"], ["totalt antal"]),
        ("… kvar …", ["kvar", "är kvar i år"], ["kvarter"]),
        ("… *kostnader …", ["personalkostnader", "kostnader"], ["kostnadersättning"]),
        ("… *kommun* …", ["storkommunen"], ["kommu"]),
        ("… kommun* …", ["i kommunen", "kommun, norr"], ["storkommun"]),
        ("(summa) intäkter (totalt|<år>)", ["intäkter", "summa intäkter 2021"], ["intäkter 21"]),
        ("eget kapital … slut", ["eget kapital vid årets slut"], ["eget kapitalslut"]),
        ("årets|periodens resultat", ["årets resultat", "periodens resultat"], ["resultat"]),
        ("s:a …", ["s a b1"], ["sa"]),
    ],
)
def test_how_words_are_written(word: str, held: list[str], not_held: list[str]) -> None:
    way = pattern([word])
    assert [text for text in held if not way.search(text)] == []
    finder = Finder([Word(word, "prov", "a", 1, "sv", "s")])
    assert [text for text in (*held, *not_held) if finder.found(text)] == held
    assert [text for text in (*held, *not_held) if any(finder.matches(text))] == held
    assert [text for text in not_held if way.search(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "words = 1",
        "a = [",
        GROUP + "other = 1",
        "other = 1\n" + GROUP,
        GROUP + "# a remark",
        GROUP.replace("weight = 1", "weight = 0"),
        GROUP.replace("weight = 1", "weight = 2"),
        GROUP.replace("weight = 1", "weight = true"),
        GROUP.replace('"sv"', '"fi"'),
        GROUP.replace('source = "s"', 'source = ""'),
        GROUP.replace('source = "s"\n', ""),
        GROUP.replace('["b"]', "[]"),
        GROUP.replace('["b"]', "[1]"),
        GROUP.replace('["b"]', '["B"]'),
        GROUP.replace('["b"]', '["b  c"]'),
        GROUP.replace('["b"]', '["a\u030a"]'),
        GROUP + GROUP.replace('"a"', '"c"'),
    ],
)
def test_careless_files_are_refused(text: str) -> None:
    with pytest.raises(PolicyError) as caught:
        parse_words(text, "prov")
    assert caught.value.where == "prov"
    assert caught.value.remedy
    assert parse_words(GROUP, "prov")[0][:4] == ("b", "prov", "a", 1)


def test_a_value_that_nobody_reads_is_refused() -> None:
    with pytest.raises(PolicyError, match="som ingen läser"):
        Axis("party", Unit).value("Staten")


def test_every_kind_that_is_read_has_a_name() -> None:
    """What a table may be said to be is what tables are read as."""
    from finsam_xl.reading.count_kinds import KINDS
    from finsam_xl.reading.kinds import AmountKind

    read = {kind.kind for kind in KINDS} | {*map(str, AmountKind)}
    read |= {"fees", "social_budget", "impact_index", "ceiling"}
    assert read <= {*map(str, KindName)}
