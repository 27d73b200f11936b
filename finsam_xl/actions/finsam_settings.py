"""What the sheet *Finsam* tells of settings: what may be set, what holds, and why.

Settings of what the workbook has no tables of are left out until something is typed for them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from finsam_xl import policy
from finsam_xl.checks.goals.impact_index import ideal_of
from finsam_xl.labels import normalise, one_line
from finsam_xl.model_counts import CountRow
from finsam_xl.money import swedish
from finsam_xl.reading import counts, fee_tables, settings, social
from finsam_xl.reading.alternatives import alternatives
from finsam_xl.reading.choices import Chosen, choice
from finsam_xl.reading.finsam_sheet import text
from finsam_xl.reading.ideal_weights import ideals as ideals_of
from finsam_xl.reading.kinds import AmountKind
from finsam_xl.reading.ledger_mapping import key_of, may_take
from finsam_xl.reading.settings import FEE_PARTS, Name
from finsam_xl.report.finsam import SettingRow
from finsam_xl.sheets.grid import Grid
from finsam_xl.sheets.tables import Table
from finsam_xl.words.fee_columns import FeeColumn
from finsam_xl.words.methods import Method, name_of
from finsam_xl.words.parties import place_name
from finsam_xl.words.units import Unit

_READ, _UNSET, _OWN = "Läst ur arbetsboken", "Inte satt", "Satt här"
_INDEX_RULES = ("target", "near", "weight_tolerance")


def rows(grid: Grid, tables: Sequence[Table], today: date) -> Iterator[SettingRow]:
    """The settings of a workbook, group by group. ``grid``: as it is read once corrected."""
    teller = _Teller(grid, tables, today)
    yield from teller.association()
    yield from teller.fees()
    yield from teller.plan()
    yield from teller.index()
    yield from teller.costs()
    yield from teller.people()
    yield from teller.ledger()
    yield from teller.safety()


class _Teller:
    def __init__(self, grid: Grid, tables: Sequence[Table], today: date) -> None:
        self.grid, self.tables, self.today = grid, tables, today
        self.own = settings.settings(grid)
        self.typed = {key: text(cell) for key, cell, _ in settings.typed(grid)}
        why = {one.cell: f"✖ Följs inte: {one.message}" for one in self.own.findings}
        self.refused = {
            key: why[ref.cell] for key, _, ref in settings.typed(grid) if ref.cell in why
        }

    def association(self) -> Iterator[SettingRow]:
        """What the association, its units and its amounts are called."""
        named = settings.association(self.grid, self.tables)
        word = settings.unit_word(self.grid)
        group = "Förbundet"
        yield self._row(group, Name.ASSOCIATION, "Förbundets namn", named, _READ)
        title = "En enhet med egen social budget kallas"
        yield self._row(group, Name.UNIT, title, word, _READ)
        holds = self.own.amounts or "avgörs av beloppens storlek"
        title = "Enhet för belopp där inget står"
        source = "Gäller bara tabeller som inte säger kr, tkr eller mkr"
        yield self._row(group, Name.AMOUNTS, title, holds, source, choices=tuple(Unit))

    def fees(self) -> Iterator[SettingRow]:
        """Who the members are, what reports call them, and by what they pay."""
        found = fee_tables.read_all(self.grid, self.tables)
        names = [p.name for one in found for p in one.fees.parties if p.is_municipal]
        group = "Medlemmar"
        title = "Fler kommuner än de lästa" if found else "Kommuner som är medlemmar"
        source = "Skriv namnen med komma emellan"
        yield self._row(group, Name.MEMBERS, title, ", ".join(self.own.members), source)
        if not found and not self._is_typed(Name.SHORT, Name.KEY, *FEE_PARTS):
            return
        each = {place_name(name): name for name in reversed((*names, *self.own.members))}
        for name in reversed(each.values()):
            holds, source = self.own.called(name), "Namnet i tabellen"
            yield self._row(group, Name.SHORT, f"Kort namn, {name}", holds, source, name)
        yield self._key()
        for name in FEE_PARTS:
            yield self._rule(group, name)

    def _key(self) -> SettingRow:
        """The column that the municipalities' part is split by."""
        columns = [c for t in self.tables if t.kind == "fees" for c in t.columns]
        headings = [
            one_line(c.header)
            for c in columns
            if c.header and c.field in (FeeColumn.KEY, FeeColumn.PEOPLE, "other")
        ]
        holds = next((c.header for c in columns if c.field == FeeColumn.KEY), "")
        offered = tuple(dict.fromkeys(headings))
        title = "Kommunerna delar sin del efter kolumnen"
        source = _READ if holds else _UNSET
        return self._row("Medlemmar", Name.KEY, title, holds, source, choices=offered)

    def plan(self) -> Iterator[SettingRow]:
        """Which of the plan's alternatives holds, and how a blank forecast is filled in."""
        group = "Budget och plan"
        weighed = [t.budget for t in self.tables if t.budget and alternatives(t.budget)]
        if weighed or self._is_typed(Name.SCENARIO):
            found = choice(self.grid, self.tables, weighed[0]) if weighed else Chosen()
            source = f"Läst i {found.typed[0].ref}" if found.name and found.typed else _UNSET
            holds = found.name or "inget är valt"
            title = "Scenario som gäller"
            yield self._row(group, Name.SCENARIO, title, holds, source, choices=found.names)
        kinds = {table.kind for table in self.tables}
        if AmountKind.TERTIAL in kinds or self._is_typed(Name.METHOD):
            holds = name_of(self.own.method) if self.own.method else "ingen: tom prognos lämnas tom"
            offered = tuple(map(name_of, Method))
            title = "Metod för tom prognos"
            yield self._row(group, Name.METHOD, title, holds, _UNSET, choices=offered)

    def index(self) -> Iterator[SettingRow]:
        """What the Impactindex is judged by, and how its areas are to weigh."""
        areas = self._areas()
        if not areas and not self._is_typed(Name.IDEAL, *_INDEX_RULES):
            return
        for name in _INDEX_RULES:
            yield self._rule("Impactindex", name)
        ideals = {**ideals_of(self.grid, self.tables), **self.own.ideals}
        for area in areas:
            ideal = ideal_of(area, ideals)
            holds = "" if ideal is None else f"{swedish(ideal)} %"
            source = _READ if holds else _UNSET
            yield self._row("Impactindex", Name.IDEAL, f"Ideal vikt, {area}", holds, source, area)

    def _areas(self) -> list[str]:
        """The goal areas of the workbook's social budgets, in their order."""
        areas: dict[str, None] = {}
        for table in self.tables:
            if table.kind == "social_budget":
                areas.update(dict.fromkeys(social.areas(self.grid.sheet(table.sheet), table)))
        return list(areas)

    def costs(self) -> Iterator[SettingRow]:
        """The class of each cost line that no table tells, and how a shared one is split."""
        kinds = {table.kind for table in self.tables}
        names = ("office_administration", Name.COST_CLASS)
        if not {"cost_split", "cost_classes"} & kinds and not self._is_typed(*names):
            return
        group = "Kostnadsslag"
        yield self._rule(group, "office_administration")
        told = {normalise(r.label) for r in self._rows_of("cost_classes") if r.texts.get("class")}
        offered, source = self._class_names(), "Inte satt: raden räknas inte med"
        for line in self._cost_lines():
            holds = self.own.classes.get(normalise(line), "")
            if holds or normalise(line) not in told:
                title = f"Klass för {line}"
                yield self._row(group, Name.COST_CLASS, title, holds, source, line, offered)

    def _cost_lines(self) -> list[str]:
        lines = {
            row.label: None
            for table in self.tables
            if table.kind == AmountKind.OUTCOME and table.budget is not None
            for row in table.budget.rows
            if row.role == "line" and not row.is_income
        }
        return list(lines)

    def _class_names(self) -> tuple[str, ...]:
        """The classes of the printed split, and the first two together."""
        lines = [row.label for row in self._rows_of("cost_split") if row.role == "line"]
        names = list(dict.fromkeys(lines))
        return (*names, "; ".join(names[:2])) if len(names) > 1 else tuple(names)

    def _rows_of(self, kind: str) -> Iterator[CountRow]:
        for table in self.tables:
            if table.kind == kind:
                yield from counts.read(self.grid.sheet(table.sheet), table).counts.rows

    def people(self) -> Iterator[SettingRow]:
        """Of how few people a share is printed."""
        kinds = {table.kind for table in self.tables}
        if {"participants", "platforms", "referrals"} & kinds or self._is_typed("fewest"):
            yield self._rule("Deltagare", "fewest")

    def ledger(self) -> Iterator[SettingRow]:
        """What the rows of a follow-up take of the ledger, where that is not said beside them."""
        tables = [
            table.budget
            for table in self.tables
            if table.kind == AmountKind.TERTIAL and table.budget is not None
        ]
        if not tables and not self._is_typed(Name.ACCOUNTS, Name.ACCOUNTS_HERE, Name.DIMENSION):
            return
        group, beside = "Bokföring", "Annars i kolumnerna Konto och Projekt, till vänster"
        holds = settings.HERE if self.own.takes_accounts else settings.BESIDE
        title, choices = "Konton till raderna skrivs", (settings.HERE, settings.BESIDE)
        yield self._row(group, Name.ACCOUNTS_HERE, title, holds, beside, choices=choices)
        title, source = "Projekt är dimension", "SIE: 6 är projekt"
        yield self._row(group, Name.DIMENSION, title, self.own.dimension, source)
        rows = (
            [key_of(b, n) for b in tables for n in may_take(b)] if self.own.takes_accounts else []
        )
        source = "Skriv konton, och projekt efter /: 5010-5099 / P10"
        for name in dict.fromkeys(rows):
            taken = self.own.accounts.get(normalise(name))
            holds = "" if taken is None else " / ".join(filter(None, taken))
            yield self._row(group, Name.ACCOUNTS, f"Konto, {name}", holds, source, name)

    def safety(self) -> Iterator[SettingRow]:
        """Up to when the outcome stays as it is, and the backups."""
        group = "Trygghet"
        holds = str(self.own.closed or "ingen period är stängd")
        source = "Utfall till och med då ändras inte; skriv år, tertial, månad eller dag"
        yield self._row(group, Name.CLOSED, "Stängt till och med", holds, source)
        holds = self.own.folder or "bredvid arbetsboken"
        source = "Skriv en mapp, till exempel Kopior: den läggs bredvid boken"
        yield self._row(group, Name.FOLDER, "Säkerhetskopior läggs", holds, source)
        yield self._rule(group, "newest")

    def _is_typed(self, *names: str) -> bool:
        keys = tuple(settings.key(name) for name in names)
        return any(key.startswith(keys) for key in self.typed)

    def _rule(self, group: str, name: str) -> SettingRow:
        """A rule of policy, as it is now or as it is set."""
        rule = policy.rule(settings.RULES[name], name)
        now = rule.at(policy.current(self.today))
        number = self.own.rules.get(name, now.numbers[0])
        return self._row(group, name, rule.title, f"{swedish(number)} {rule.unit}", now.source)

    def _row(
        self,
        group: str,
        name: str,
        title: str,
        holds: str,
        source: str,
        of: str = "",
        choices: tuple[str, ...] = (),
    ) -> SettingRow:
        key = settings.key(name, of)
        own = self.typed.get(key, "")
        source = self.refused.get(key) or (_OWN if own else source)
        return SettingRow(key, group, title, holds, source, own, choices)
