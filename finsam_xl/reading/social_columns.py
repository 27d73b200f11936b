"""What each column of a social budget holds: by its heading, its figures and what they make.

A heading known as a whole names its column unless the figures say otherwise. The words of
other headings are votes; between several the figures decide: points are the weight or
nothing, those who answered yes are at most those who answered, a verdict is yes or no.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from finsam_xl.labels import normalise
from finsam_xl.reading.social_content import (
    MOSTLY,
    OUTCOMES,
    Content,
    are_limits,
    are_weights,
    gives,
    is_above,
    is_share,
    leading,
    rules,
    suits,
    verdicts,
)
from finsam_xl.reading.social_counts import WHOSE, Counts, pair_up
from finsam_xl.reading.social_frame import Frame
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.tables import Column
from finsam_xl.words.headings import headings_of
from finsam_xl.words.measures import Measure

HEADINGS = headings_of("social_budget")


class Found(NamedTuple):
    """The columns that are known, and those whose heading says what another column holds.

    ``grounds``: what of the figures and texts themselves speaks for a social budget, in words.
    """

    columns: tuple[Column, ...]
    doubles: tuple[Column, ...]
    grounds: tuple[str, ...]


def columns_of(frame: Frame, lines: Sequence[int], number: int | None) -> Found:
    """What the columns of a frame hold, by the cells on the rows of the indicators."""
    cell = frame.sheet.cell
    contents = [
        Content(c, frame.heading(c), tuple([cell(row, c) for row in lines])) for c in frame.columns
    ]
    return _Solver([c for c in contents if c.headings or c.filled], number).solved()


class _Solver:
    """Gives each field a column; what is given once is not asked again."""

    def __init__(self, contents: Sequence[Content], number: int | None) -> None:
        self.all = {content.number: content for content in contents}
        self.fields: dict[str, int] = {}
        self.headers: dict[int, str] = {}
        self.spare: list[Column] = []
        if number is not None and number in self.all:
            self.give("number", self.all[number])

    def solved(self) -> Found:
        """Every field that can be told, in the order that what is surest comes first."""
        shares = list(self.shares())
        for share, _ in shares:
            self.headers[share.number] = share.heading
        self.give_beside()
        self.give_named()
        self.give_rule()
        self.give_weight_and_points()
        self.give_verdict()
        self.give_limits()
        self.give_counts()
        self.give_texts()
        for share, number in shares:
            self.give_share(share, number)
        used = {number: field for field, number in self.fields.items()}
        columns = tuple(
            Column(n, self.headers[n], field, "outcome" if field in OUTCOMES else "other")
            for n, field in sorted(used.items())
        )
        doubles = tuple(c for c in self.spare if c.number not in used)
        return Found(columns, doubles, tuple(self.grounds()))

    def grounds(self) -> Iterator[str]:
        """What the cells themselves say that only those of a social budget say."""
        has = {field: self.all[number] for field, number in self.fields.items()}
        if "rule" in has and has["rule"].texts and 2 * rules(has["rule"]) >= len(has["rule"].texts):
            yield "reglerna går att läsa"
        if "limit" in has and not has["limit"].is_blank and are_limits(has["limit"]):
            yield "gränserna är tal"
        if sum(field in has for field in OUTCOMES) > 1:
            yield "antal och av är kända"
        if "judged" in has and 2 * verdicts(has["judged"]) > len(has["judged"].filled):
            yield "bedömningarna är ja eller nej"
        if {"weight", "points"} <= has.keys() and gives(has["weight"], has["points"]):
            yield "poängen är vikten eller 0"

    @property
    def left(self) -> list[Content]:
        """The columns that nothing is known of."""
        return [c for n, c in self.all.items() if n not in self.headers]

    def give(self, field: str, content: Content | None, header: str = "") -> None:
        """A column for a field, if it has none."""
        if content is not None and field not in self.fields:
            self.fields[field] = content.number
            self.headers[content.number] = header or (
                content.headings[-1] if content.headings else ""
            )

    # The same heading for several ------------------------------------------------------------

    def give_beside(self) -> None:
        """Bases under one and the same heading, each of the counts right before it.

        Where one of them is not, nothing tells which of them is of whom: none is used.
        """
        bases = [c for c in self.left if c.said == {Measure.BASE} and c.sex is None]
        alike = Counter(normalise(c.heading) for c in bases)
        bases = [c for c in bases if alike[normalise(c.heading)] > 1]
        counts = [self.all.get(c.number - 1) for c in bases]
        whose = [_whose(c) if c is not None else "" for c in counts]
        if not bases:
            return
        if all(whose) and len(set(whose)) == len(whose):
            for name, count, base in zip(whose, counts, bases, strict=True):
                self.give(f"{name}_number", count)
                self.give(f"{name}_base", base)
            return
        for base in bases:
            self.headers[base.number] = base.heading

    # Headings known as a whole ---------------------------------------------------------------

    def give_named(self) -> None:
        """The columns whose heading, with what spans it, is known as a whole."""
        for content in self.left:
            field, header = _named(content.headings)
            if field is None or not suits(field, content) or field == "number":
                continue
            if field in self.fields:
                self.spare.append(Column(content.number, header, field))
            else:
                self.give(field, content, header)

    # Texts -----------------------------------------------------------------------------------

    def give_rule(self) -> None:
        """A column of texts that are rules, unless one is so called."""
        if "rule" in self.fields:
            return
        texts = [c for c in self.all.values() if c.number not in self._kept and c.is_mostly_text]
        said = [c for c in texts if rules(c) >= MOSTLY * len(c.texts)]
        if len(said) > 1:
            said = self._one_target(said)
        named = [c for c in self.left if Measure.RULE in c.said and not c.is_mostly_figures]
        for content in (*said, *named)[:1]:
            self.fields = {f: n for f, n in self.fields.items() if n != content.number}
            self.give("rule", content)

    def _one_target(self, said: Sequence[Content]) -> list[Content]:
        """Of several columns of targets the one that is called so and no more; else none.

        "Mål" beside "Långsiktigt mål" is the one of the year; of "Etappmål" and "Slutmål" either
        may be meant, so that none is used.
        """
        known = [c for c in said if _named(c.headings)[0] is not None]
        found = known if len(known) == 1 else []
        for content in said:
            if content not in found:
                self.headers[content.number] = content.heading
        return found

    @property
    def _kept(self) -> set[int]:
        """Columns whose names are not doubted: verdicts and numbers are texts of their own."""
        kept = ("number", "judged", "area", "name", "group", "total_number", "basis", "note")
        return {n for field, n in self.fields.items() if field in kept}

    def give_verdict(self) -> None:
        """A column of yes and no; a blank one only by its heading.

        Several of the same standing are of a unit or a time each: then none is of the budget.
        """
        said = [c for c in self.left if Measure.JUDGED in c.said and Measure.POINTS not in c.said]
        typed = [c for c in self.left if verdicts(c) >= max(1, MOSTLY * len(c.filled))]
        both = [c for c in said if c in typed]
        mostly = [c for c in typed if c.texts and 2 * len(c.filled) >= len(c.cells)]
        alone = [c for c in typed if len(c.texts) > 1 and verdicts(c) == len(c.filled)]
        blank = [c for c in said if c.is_blank]
        found = next(filter(None, (both, mostly, blank, alone)), [])
        if len(found) == 1:
            self.give("judged", found[0])

    def give_numbered(self, texts: Sequence[Content]) -> None:
        """Area and goal by their numbers, with which those of the indicators begin."""
        number = self.all.get(self.fields.get("number", 0))
        if number is None:
            return
        for content in texts:
            depth = leading(content, number)
            if depth:
                self.give("area" if depth == 1 else "goal", content)

    def give_texts(self) -> None:
        """Area, goal and name: by numbers and words, else the name by its many different texts."""
        texts = [c for c in self.left if c.is_mostly_text and not c.is_blank]
        self.give_numbered(texts)
        for field, measure in (
            ("name", Measure.NAME), ("area", Measure.AREA), ("goal", Measure.GOAL),
            ("group", Measure.GROUP),
        ):  # fmt: skip
            named = (c for c in texts if measure in c.said and c.number not in self.headers)
            self.give(field, next(named, None))
        if "name" not in self.fields:
            others = [c for c in texts if c.number not in self.headers and not c.said]
            many = max(others, key=lambda c: len(set(c.texts)), default=None)
            if many is not None and 2 * len(set(many.texts)) > len(many.cells):
                self.give("name", many)

    # Weight and points -----------------------------------------------------------------------

    def give_weight_and_points(self) -> None:
        """The weight by its heading or by the points it gives; the points likewise."""
        if "weight" not in self.fields:
            self._swap_points()
        if "weight" not in self.fields:
            voted = [c for c in self.left if Measure.WEIGHT in c.said and are_weights(c)]
            plain = [c for c in voted if Measure.POINTS not in c.said]
            self.give("weight", next(iter((*plain, *voted)), None) or self._giving_points())
        weight = self.all.get(self.fields.get("weight", 0))
        voted = [c for c in self.left if Measure.POINTS in c.said and suits("points", c)]
        made = [c for c in self.left if weight and gives(weight, c)]
        sure = [c for c in voted if c in made]
        self.give("points", next(iter((*sure, *voted, *made)), None))

    def _swap_points(self) -> None:
        """Two columns called points: the one that is full is what can be had, the weight."""
        points = self.all.get(self.fields.get("points", 0))
        spare = [self.all[c.number] for c in self.spare if c.field == "points"]
        spare += [c for c in self.left if Measure.POINTS in c.said]
        if points is None or not are_weights(points):
            return
        for other in spare:
            if gives(points, other):
                del self.fields["points"]
                self.give("weight", points)
                self.give("points", other)
                return

    def _giving_points(self) -> Content | None:
        """The only column whose figures another has wholly or not at all."""
        left = [c for c in self.all.values() if c.number not in self.headers]
        points = self.all.get(self.fields.get("points", 0))
        others = [points] if points is not None else left
        pairs = [
            weight
            for weight in left
            if are_weights(weight) and any(gives(weight, o) for o in others if o != weight)
        ]
        return pairs[0] if len(pairs) == 1 else None

    # Limits ----------------------------------------------------------------------------------

    def give_limits(self) -> None:
        """The limit, and the other end of a span in a column right of it."""
        votes = {Measure.LIMIT, Measure.GOAL}
        voted = [c for c in self.left if c.said & votes and are_limits(c) and not c.is_blank]
        if len(voted) == 1 or (voted and Measure.UPPER in voted[1].said):
            self.give("limit", voted[0])
        limit = self.all.get(self.fields.get("limit", 0))
        if limit is None:
            return
        for content in self.left:
            says_so = content.number > limit.number and Measure.UPPER in content.said
            if says_so and is_above(limit, content):
                self.give("upper", content)

    # Counts ----------------------------------------------------------------------------------

    def shares(self) -> Iterator[tuple[Content, Content]]:
        """Columns that only show what share a column before them is of another, and the former."""
        contents = list(self.all.values())
        for at, content in enumerate(contents):
            if not content.may_be_share:
                continue
            before = [c for c in contents[max(0, at - 4) : at] if c.may_be_share]
            pairs = ((a, b) for a in before for b in before if a is not b)
            number = next((a for a, b in pairs if is_share(content, a, b)), None)
            if number is not None:
                yield content, number

    def give_share(self, share: Content, number: Content) -> None:
        """A share, under the name of those it is a share of."""
        field = next((f for f, n in self.fields.items() if n == number.number), "")
        if field in OUTCOMES:
            self.give(f"{field.partition('_')[0]}_share", share, share.heading)

    def give_counts(self) -> None:
        """Pairs of counts, in total and by sex."""
        named = {field: self.all[self.fields[field]] for field in OUTCOMES if field in self.fields}
        open_ = [
            Counts(c.number, c.headings, c.said, c.amounts)
            for c in self.left
            if not c.is_mostly_text or verdicts(c) == len(c.texts)
        ]
        known = {f: Counts(c.number, c.headings, c.said, c.amounts) for f, c in named.items()}
        for field, number in pair_up(known, open_).items():
            self.give(field, self.all[number], " ".join(self.all[number].headings))


def _whose(count: Content) -> str:
    """Of whom a column counts those who answered yes, by its heading; '' where it does not."""
    field, _ = _named(count.headings)
    if field is not None:
        name, _, what = field.partition("_")
        return name if field in OUTCOMES and what == "number" else ""
    if count.is_mostly_text or Measure.BASE in count.said:
        return ""
    return WHOSE[count.sex] if count.sex is not None or Measure.COUNT in count.said else ""


def _named(headings: Sequence[str]) -> tuple[str | None, str]:
    """The field that a heading names as a whole: with what spans it, else by itself."""
    ways = [" ".join(headings[-2:]), *reversed(headings)]
    for text in ways:
        field = HEADINGS.field(text) if text else None
        if field is not None:
            return field, text
    return None, ""
