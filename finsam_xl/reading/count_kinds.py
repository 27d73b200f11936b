"""The kinds of tables of counts, shares and stated figures, as data: what their columns hold.

A kind is known by what stands in its columns, by how they follow from each other, by what its
rows name and by its title; the words of headings vote. What holds weighs up words that do not.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum, unique
from functools import lru_cache, partial

from finsam_xl.records import NamedTuple
from finsam_xl.words import scenarios
from finsam_xl.words.count_columns import PART, WHOLE, CountColumn, CountTitle, says
from finsam_xl.words.measures import IndexColumn, Measure, index_column, measures
from finsam_xl.words.people import People, Sex, people_of, sex, sex_in_heading
from finsam_xl.words.totals import is_everyone, is_sum

_MOST_KEPT = 4096


@unique
class Content(StrEnum):
    """What a column holds, told by its cells."""

    NAMES = "names"
    TEXT = "text"
    COUNT = "count"
    SHARE = "share"
    NUMBER = "number"
    FIGURE = "figure"
    INDEX = "index"
    UNIT = "unit"
    TIME = "time"
    POINTER = "pointer"
    GOAL = "goal"
    TARGET = "target"
    RULE = "rule"
    VERDICT = "verdict"
    ANY = "any"


@unique
class Named(StrEnum):
    """What the rows of a table are, told by their labels."""

    PARTIES = "parties"
    UNITS = "units"
    AREAS = "areas"
    PEOPLE = "people"


@unique
class Follows(StrEnum):
    """How columns follow from each other."""

    SUM = "sum"
    QUOTIENT = "quotient"
    SHARE_OF_SUM = "share_of_sum"
    PROPORTION = "proportion"
    ONE_WHOLE = "one_whole"
    PARTS_OF_ONE = "parts_of_one"
    QUOTIENT_OF_SUMS = "quotient_of_sums"
    AT_MOST = "at_most"
    PART_OF = "part_of"
    ROUND_WHOLE = "round_whole"


class Field(NamedTuple):
    """What one column is: its name, what it holds, and how surely a heading says that it is it.

    ``telling``: what it weighs where a single column holds such; ``None``: that tells nothing.
    ``tells``: what such a column surely holds, where that is narrower than what it may hold.
    """

    name: str
    holds: Content
    says: Callable[[str], float]
    telling: float | None = None
    tells: Content | None = None

    @property
    def sure(self) -> Content:
        """What a column surely holds that is known by its content alone."""
        return self.tells or self.holds


class Law(NamedTuple):
    """How the columns of some fields follow from each other: what follows stands first."""

    how: Follows
    fields: tuple[str, ...]
    weight: float = 1.5


class Kind(NamedTuple):
    """A kind of table.

    ``label``: the field of its rows' names; ``least``: the weight of evidence it takes;
    ``in_book``: its columns may be known by what the association's own table says of them;
    ``is_titled``: nothing but its title says what it is of;
    ``rest``: the field of the only column that is left; ``alike``: the fields of any columns of
    shares that are left; ``unless_known``: what must be known as well where its rows' names
    are not.
    """

    kind: str
    name: str
    fields: tuple[Field, ...]
    label: str
    required: frozenset[str]
    least: float
    laws: tuple[Law, ...] = ()
    rows: Named | None = None
    title: CountTitle | None = None
    rest: str = ""
    alike: str = ""
    in_book: bool = False
    is_titled: bool = False
    unless_known: frozenset[str] = frozenset()

    def field(self, name: str) -> Field:
        """The field of a name."""
        return next(field for field in self.fields if field.name == name)

    def is_only_heard(self, name: str) -> bool:
        """Whether only headings tell of a field: no law does, and nothing that a column holds."""
        field = self.field(name)
        is_named = name == self.label and field.holds is Content.NAMES
        is_told = field.telling is not None or name == self.rest
        return not (is_named or is_told or any(name in law.fields for law in self.laws))


def _silent(_text: str) -> float:
    return 0


@lru_cache(maxsize=_MOST_KEPT)
def _share(text: str) -> float:
    """Whether a heading says that a column is of shares."""
    return WHOLE if scenarios.says_per_cent(text) else says(text, CountColumn.SHARE)


@lru_cache(maxsize=_MOST_KEPT)
def sex_of(text: str) -> Sex | None:
    """Whose figures a heading is of; one letter tells only where nothing stands beside it."""
    return sex(text) if " " in text.strip() else sex_in_heading(text)


def _sex(whose: Sex, text: str) -> float:
    return WHOLE if sex_of(text) is whose and not _share(text) else 0


def _women_of(text: str) -> float:
    return WHOLE if sex_of(text) is Sex.WOMEN else 0


def _everyone(text: str) -> float:
    if sex_of(text) is not None:
        return 0
    return WHOLE if is_sum(text) or is_everyone(text) else says(text, CountColumn.COUNTED)


def _went(where: People, whose: Sex | None, text: str) -> float:
    """Whether a heading counts those who went somewhere; whose exits they are need not be said."""
    found = people_of(text)
    is_of = found is where or (where is People.EXITS and whose is not None and found is None)
    return WHOLE if text and is_of and sex_of(text) is whose else 0


def _index(column: IndexColumn, text: str) -> float:
    return WHOLE if index_column(text) is column else 0


def _area(number: int, text: str) -> float:
    words = text.split()
    is_area = index_column(text) is IndexColumn.AREA and words[-1] == str(number)
    return WHOLE if is_area else 0


def _of(name: str, holds: Content, column: CountColumn, telling: float | None = None) -> Field:
    return Field(name, holds, partial(says, column=column), telling)


def _texts(*names: str) -> tuple[Field, ...]:
    return tuple(_of(name, Content.ANY, CountColumn(name)) for name in names)


def _platform(name: str, where: People, whose: Sex | None = None) -> Field:
    holds = Content.COUNT if name == "exits" else Content.FIGURE
    return Field(name, holds, partial(_went, where, whose))


def _indexed(column: IndexColumn, holds: Content) -> Field:
    return Field(str(column), holds, partial(_index, column))


def _limit(text: str) -> float:
    """Whether a heading is of targets; "Mål" and "Krav" may be, where no words stand below it."""
    found = says(text, CountColumn.LIMIT)
    said = measures(text)
    may_be = says(text, CountColumn.GOAL) or Measure.LIMIT in said or Measure.RULE in said
    return found or (PART if may_be else 0)


def _counted(what: Measure, whose: Sex | None, text: str) -> float:
    """Whether a heading is of those who answered so, or of all who answered."""
    if not text or sex_of(text) is not whose:
        return 0
    said = measures(text)
    is_base = Measure.BASE in said
    if what is Measure.COUNT and whose is None and says(text, CountColumn.OUTCOME) == WHOLE:
        return WHOLE
    if whose is not None and not said:
        return PART if what is Measure.COUNT else 0
    return PART if what in said and is_base is (what is Measure.BASE) else 0


def _judged(text: str) -> float:
    """Whether a heading is of verdicts or grades."""
    found = max(says(text, CountColumn.JUDGEMENT), says(text, CountColumn.GRADE))
    return found or (PART if Measure.JUDGED in measures(text) else 0)


def _named(column: CountColumn, measure: Measure, text: str) -> float:
    return says(text, column) or (PART if measure in measures(text) else 0)


def _measured(name: str, holds: Content, column: CountColumn, measure: Measure) -> Field:
    return Field(name, holds, partial(_named, column, measure))


_UNIT = partial(says, column=CountColumn.UNIT)
TEXT_FIGURES = Kind(
    "text_figures",
    "uppgifter i text",
    (
        _of("what", Content.NAMES, CountColumn.WHAT),
        _of("unit", Content.UNIT, CountColumn.UNIT, 1),
        _of("when", Content.TIME, CountColumn.WHEN, 1),
        _of("value", Content.FIGURE, CountColumn.VALUE, 0.5),
        _of("where", Content.ANY, CountColumn.WHERE),
        _of("about", Content.POINTER, CountColumn.ABOUT),
    ),
    "what",
    frozenset({"what", "value", "unit"}),
    3,
    title=CountTitle.TEXT_FIGURES,
    rest="where",
)
PLATFORMS = Kind(
    "platforms",
    "plattformar",
    (
        Field("platform", Content.NAMES, _UNIT),
        _platform("exits", People.EXITS),
        _platform("exits_women", People.EXITS, Sex.WOMEN),
        _platform("positive", People.POSITIVE),
        _platform("work", People.WORK),
        _platform("work_women", People.WORK, Sex.WOMEN),
        _platform("extra", People.EXTRA),
        _platform("studies", People.STUDIES),
        _platform("studies_women", People.STUDIES, Sex.WOMEN),
        _platform("health", People.HEALTH),
        _platform("health_women", People.HEALTH, Sex.WOMEN),
    ),
    "platform",
    frozenset({"platform", "exits"}),
    4,
    rows=Named.UNITS,
    title=CountTitle.PLATFORMS,
    in_book=True,
)
REFERRALS = Kind(
    "referrals",
    "aktualiserande parter",
    (
        _of("party", Content.NAMES, CountColumn.PARTY),
        _of("referred", Content.COUNT, CountColumn.REFERRED),
        Field("women_share", Content.SHARE, _women_of),
        _of("accepted", Content.COUNT, CountColumn.ACCEPTED),
        _of("accepted_share", Content.SHARE, CountColumn.ACCEPTED),
    ),
    "party",
    frozenset({"party", "referred"}),
    3,
    (
        Law(Follows.QUOTIENT, ("accepted_share", "accepted", "referred")),
        Law(Follows.PART_OF, ("women_share", "referred"), 0.5),
    ),
    Named.PARTIES,
    CountTitle.REFERRALS,
)
RESPONSES = Kind(
    "responses",
    "svarsfrekvens",
    (
        Field("unit", Content.NAMES, _UNIT),
        _of("participants", Content.SHARE, CountColumn.PARTICIPANTS),
        _of("managers", Content.SHARE, CountColumn.MANAGERS),
        _of("staff", Content.SHARE, CountColumn.STAFF),
        _of("board", Content.SHARE, CountColumn.BOARD),
    ),
    "unit",
    frozenset({"unit"}),
    3,
    rows=Named.UNITS,
    title=CountTitle.RESPONSES,
    alike="rate",
)
OVERVIEW = Kind(
    "index_overview",
    "index i översikt",
    (
        Field("unit", Content.NAMES, _UNIT),
        Field("all", Content.INDEX, _everyone, 0.5),
        *(Field(f"area{n}", Content.INDEX, partial(_area, n)) for n in range(1, 6)),
    ),
    "unit",
    frozenset({"unit", "all", "area1"}),
    4,
    rows=Named.UNITS,
    title=CountTitle.IMPACT_INDEX,
)
WEIGHTS = Kind(
    "weights",
    "viktning",
    (
        _indexed(IndexColumn.AREA, Content.NAMES),
        Field("ideal", Content.SHARE, partial(_index, IndexColumn.IDEAL)),
        Field("weight", Content.SHARE, partial(_index, IndexColumn.SHARE)),
    ),
    "area",
    frozenset({"area", "ideal", "weight"}),
    3,
    (Law(Follows.ROUND_WHOLE, ("ideal",), 1), Law(Follows.ONE_WHOLE, ("weight",), 1)),
    Named.AREAS,
    CountTitle.WEIGHTS,
)
COST_SPLIT = Kind(
    "cost_split",
    "kostnadsfördelning",
    (
        _of("class", Content.NAMES, CountColumn.CLASS),
        _of("amount", Content.NUMBER, CountColumn.AMOUNT),
        Field("percent", Content.SHARE, _share),
    ),
    "class",
    frozenset({"class", "amount", "percent"}),
    3,
    (Law(Follows.SHARE_OF_SUM, ("percent", "amount")),),
    title=CountTitle.COST_SPLIT,
)
COST_CLASSES = Kind(
    "cost_classes",
    "fördelning av kostnadsrader",
    (
        _of("line", Content.NAMES, CountColumn.LINE),
        _of("class", Content.TEXT, CountColumn.CLASS, 1),
        Field("share", Content.SHARE, _share, 0.5),
    ),
    "line",
    frozenset({"line", "class"}),
    3,
    (Law(Follows.PARTS_OF_ONE, ("share",), 1),),
    title=CountTitle.COST_SPLIT,
)
_EQUIVALENT_FIELDS = (
    *_texts("municipality", "equivalents", "population", "change", "goal"),
    Field("share", Content.ANY, _share),
    Field(
        "stated",
        Content.ANY,
        lambda text: max(says(text, CountColumn.STATED), says(text, CountColumn.OUTCOME)),
    ),
    Field("judged", Content.VERDICT, _judged),
)
EQUIVALENTS = Kind(
    "equivalents",
    "helårsekvivalenter",
    _EQUIVALENT_FIELDS,
    "municipality",
    frozenset({"municipality", "equivalents"}),
    3,
)
SHARES_OF_EQUIVALENTS = Kind(
    "equivalents",
    "helårsekvivalenter",
    _EQUIVALENT_FIELDS,
    "municipality",
    frozenset({"municipality", "share"}),
    3,
    title=CountTitle.EQUIVALENTS,
    is_titled=True,
)
"""Only the shares, where the title says what they are."""
PARTICIPANTS = Kind(
    "participants",
    "deltagare",
    (
        Field("label", Content.NAMES, _silent),
        Field("women", Content.COUNT, partial(_sex, Sex.WOMEN)),
        Field("men", Content.COUNT, partial(_sex, Sex.MEN)),
        Field("all", Content.FIGURE, _everyone),
        Field("percent", Content.SHARE, _share),
        _of("count", Content.COUNT, CountColumn.PEOPLE),
        _of("unit", Content.UNIT, CountColumn.UNIT),
    ),
    "label",
    frozenset({"label", "all"}),
    3,
    (Law(Follows.SUM, ("all", "women", "men")),),
    Named.PEOPLE,
    CountTitle.PARTICIPANTS,
    unless_known=frozenset({"women", "men"}),
)
_GOAL_FIELDS = (
    _of("goal", Content.GOAL, CountColumn.GOAL),
    *_texts("number"),
    _measured("area", Content.ANY, CountColumn.AREA, Measure.AREA),
    _measured("indicator", Content.TEXT, CountColumn.INDICATOR, Measure.NAME),
    *_texts("audience", "questions", "unit", "order", "responsible", "step"),
    _measured("rule", Content.TEXT, CountColumn.RULE, Measure.RULE)._replace(
        telling=1, tells=Content.RULE
    ),
    Field("limit", Content.TARGET, _limit),
    Field("total_number", Content.ANY, partial(_counted, Measure.COUNT, None)),
    Field("total_base", Content.COUNT, partial(_counted, Measure.BASE, None)),
    Field("women_number", Content.FIGURE, partial(_counted, Measure.COUNT, Sex.WOMEN)),
    Field("women_base", Content.COUNT, partial(_counted, Measure.BASE, Sex.WOMEN)),
    Field("men_number", Content.FIGURE, partial(_counted, Measure.COUNT, Sex.MEN)),
    Field("men_base", Content.COUNT, partial(_counted, Measure.BASE, Sex.MEN)),
    Field("total_share", Content.SHARE, _share),
    Field("judged", Content.VERDICT, _judged),
    _of("indicators", Content.COUNT, CountColumn.INDICATORS),
    *_texts("remark"),
)
GOALS = Kind("goals", "mål", _GOAL_FIELDS, "goal", frozenset({"goal"}), 2)
MEASURES = Kind("goals", "mål", _GOAL_FIELDS, "indicator", frozenset({"indicator", "limit"}), 3)
"""Goals that stand as headings above what they are measured by, or nowhere."""
IMPACT_INDEX = Kind(
    "impact_index",
    "Impactindex",
    (
        _indexed(IndexColumn.AREA, Content.NAMES),
        _indexed(IndexColumn.ENTITY, Content.TEXT),
        _indexed(IndexColumn.GOALS, Content.COUNT),
        _indexed(IndexColumn.INDICATORS, Content.COUNT),
        _indexed(IndexColumn.MAXIMUM, Content.NUMBER),
        _indexed(IndexColumn.ACHIEVED, Content.NUMBER),
        _indexed(IndexColumn.FULFILMENT, Content.SHARE),
        _indexed(IndexColumn.INDEX, Content.INDEX),
        _indexed(IndexColumn.SHARE, Content.SHARE),
        _indexed(IndexColumn.IDEAL, Content.SHARE),
        _indexed(IndexColumn.STANDING, Content.ANY),
    ),
    "area",
    frozenset({"area", "index"}),
    4,
    (
        Law(Follows.QUOTIENT_OF_SUMS, ("index", "achieved", "maximum")),
        Law(Follows.QUOTIENT_OF_SUMS, ("fulfilment", "achieved", "maximum"), 1),
        Law(Follows.PROPORTION, ("share", "maximum"), 0.5),
        Law(Follows.ROUND_WHOLE, ("ideal",), 0.5),
        Law(Follows.AT_MOST, ("goals", "indicators"), 0.5),
    ),
    Named.AREAS,
    CountTitle.IMPACT_INDEX,
)
KINDS = (
    TEXT_FIGURES, PLATFORMS, REFERRALS, RESPONSES, OVERVIEW, WEIGHTS, COST_SPLIT, COST_CLASSES,
    EQUIVALENTS, SHARES_OF_EQUIVALENTS, PARTICIPANTS, GOALS, MEASURES,
)  # fmt: skip
"""The kinds that are read row by row as counts; of equal evidence the first."""
NAMES = frozenset(kind.kind for kind in KINDS)
