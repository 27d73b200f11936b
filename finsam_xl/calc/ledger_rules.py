"""Which row of a table each figure of a ledger goes to: exactly one, or none.

A row names accounts, a project or both. The most particular row wins: account and project before
project, project before account, and a narrow choice of accounts before a wide one. Where two are
alike, a person decides.

>>> choice = Choice.parse("5010-5099, 5610, -5090")
>>> [choice.width(account) for account in ("5020", "5610", "5090", "6010")]
[90, 1, None, None]
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from enum import IntEnum

from finsam_xl.records import NamedTuple

_PARTS = re.compile(r"[,;\n]|\s+(?=[-–−]?\d)")
_SPAN = re.compile(r"(\d+)\s*[-–−]\s*(\d+)\*?")
_ACCOUNTS = re.compile(r"(\d+)\*?")
_DASHES = "-–—−"
_BALANCE = ("1", "2")
"""Classes of balance accounts. Source: BAS and Kommun-Bas."""
YEAR_END = ("899", "2099")
"""How the accounts begin that hold the year's result once the books are closed."""


class Span(NamedTuple):
    """Accounts that begin with one of the numbers from ``first`` to ``last``, as many digits."""

    first: str
    last: str

    def holds(self, account: str) -> bool:
        """Whether an account is one of them."""
        begins = account[: len(self.first)]
        return len(begins) == len(self.first) and self.first <= begins <= self.last

    def width(self, account: str) -> int:
        """How many accounts with as many digits there may be."""
        more = len(account) - len(self.first)
        return (int(self.last) - int(self.first) + 1) * int("1" + "0" * more)


class Choice(NamedTuple):
    """A choice of accounts: spans that are in it, and spans that are not."""

    taken: tuple[Span, ...]
    left: tuple[Span, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Choice:
        """What is typed: ``6010``, ``5010-5099, 5610``, ``70``, ``4*``, ``-5090`` (except).

        Raises ``ValueError`` for what is none of these.
        """
        taken: list[Span] = []
        left: list[Span] = []
        joined = re.sub(r"(?<=\d)\s*[-–−]\s*(?=\d)", "-", text.strip())
        for part in filter(None, (one.strip() for one in _PARTS.split(joined))):
            is_left = part[0] in _DASHES
            (left if is_left else taken).append(_span(part.lstrip(_DASHES).strip()))
        if not (taken or left):
            raise ValueError(text)
        return cls(tuple(taken), tuple(left))

    @property
    def names_balance(self) -> bool:
        """Whether it names balance accounts."""
        return any(span.first.startswith(_BALANCE) for span in self.taken)

    def width(self, account: str) -> int | None:
        """How wide the narrowest span is that an account is in; ``None`` where it is in none."""
        if any(span.holds(account) for span in self.left):
            return None
        return min((s.width(account) for s in self.taken if s.holds(account)), default=None)


def _span(text: str) -> Span:
    found = _SPAN.fullmatch(text)
    if found is not None:
        first, last = found.groups()
        if len(first) != len(last) or first > last:
            raise ValueError(text)
        return Span(first, last)
    found = _ACCOUNTS.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return Span(found.group(1), found.group(1))


ANY, NONE = "*", "–"
"""Any project, and no project."""


class Rule(NamedTuple):
    """What a row takes: accounts (``None``: any of the result), and a project (``ANY``, ``NONE``).

    ``row``: names it to whoever asks; ``is_part``: it shows a part of another row.
    """

    row: int
    accounts: Choice | None
    project: str = ANY
    is_part: bool = False

    @property
    def names_project(self) -> bool:
        """Whether it takes one project alone."""
        return self.project not in (ANY, NONE)


class Taken(NamedTuple):
    """What is typed of the accounts of a row and of its project, '' for either.

    >>> Taken.parse("5010-5099 / P10"), Taken.parse("/ P10"), Taken.parse("hyra")
    (Taken(accounts='5010-5099', project='P10'), Taken(accounts='', project='P10'), None)
    """

    accounts: str
    project: str = ""

    @classmethod
    def parse(cls, text: str) -> Taken | None:
        """Accounts, and a project behind a slash; ``None`` for what is neither."""
        accounts, _, project = (part.strip() for part in text.partition("/"))
        taken = cls(accounts, project)
        return taken if taken.rule(0) is not None else None

    def rule(self, row: int) -> Rule | None:
        """The rule of a row; ``None`` where it cannot be read."""
        try:
            choice = Choice.parse(self.accounts) if self.accounts else None
        except ValueError:
            return None
        project = ANY if self.project in ("", ANY) else self.project
        project = NONE if project in tuple(_DASHES) else project
        if project == ANY and not (choice and choice.taken):
            return None
        return Rule(row, choice, project)


class Level(IntEnum):
    """How particular a rule is, the most particular first."""

    BOTH = 0
    PROJECT = 1
    ACCOUNT = 2


class Figure(NamedTuple):
    """What is to be placed: the account and project of an amount; '' for no project."""

    account: str
    project: str


class Placed(NamedTuple):
    """Which row each figure goes to, which go to none, and which to either of several."""

    row: Mapping[Figure, int]
    unplaced: Sequence[Figure]
    ties: Mapping[Figure, tuple[int, ...]]
    parts: Mapping[Figure, tuple[int, ...]]


def is_year_end(account: str) -> bool:
    """Whether an account holds the year's result in closed books."""
    return account.startswith(YEAR_END)


def is_balance(account: str) -> bool:
    """Whether an account is of the balance, and not of the result."""
    return account.startswith(_BALANCE)


def placed(figures: Sequence[Figure], rules: Sequence[Rule]) -> Placed:
    """Each figure by the rule that takes it; balance accounts only where they are named."""
    row: dict[Figure, int] = {}
    unplaced: list[Figure] = []
    ties: dict[Figure, tuple[int, ...]] = {}
    parts: defaultdict[Figure, list[int]] = defaultdict(list)
    for figure in figures:
        taking = [(rank, rule) for rule in rules if (rank := _rank(rule, figure)) is not None]
        for _, rule in taking:
            if rule.is_part:
                parts[figure].append(rule.row)
        whole = [(rank, rule.row) for rank, rule in taking if not rule.is_part]
        best = min((rank for rank, _ in whole), default=None)
        rows = tuple(number for rank, number in whole if rank == best)
        if len(rows) == 1:
            row[figure] = rows[0]
        elif rows:
            ties[figure] = rows
        elif not is_balance(figure.account):
            unplaced.append(figure)
    return Placed(row, unplaced, ties, {figure: tuple(rows) for figure, rows in parts.items()})


def _rank(rule: Rule, figure: Figure) -> tuple[Level, int] | None:
    """How particular a rule is that takes a figure, the least first; ``None`` if it does not."""
    has_project = rule.project != ANY
    if has_project and figure.project != ("" if rule.project == NONE else rule.project):
        return None
    if rule.accounts is None or not rule.accounts.taken:
        is_left = rule.accounts is not None and any(
            span.holds(figure.account) for span in rule.accounts.left
        )
        is_taken = has_project and not is_left and not is_balance(figure.account)
        return (Level.PROJECT, 0) if is_taken else None
    width = rule.accounts.width(figure.account)
    if width is None:
        return None
    return (Level.BOTH if has_project else Level.ACCOUNT, width)
