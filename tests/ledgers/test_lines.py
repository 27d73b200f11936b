"""Lines of SIE files: taken apart as the format says, and the quick way gives the same."""

from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finsam_xl.errors import InputError
from finsam_xl.ledgers import reading
from finsam_xl.ledgers.amounts import ore
from finsam_xl.ledgers.sie import TRANSACTION, VOUCHER, Content
from finsam_xl.ledgers.sie_lines import fields, has_open_quote, objects

LINES = [
    ("#FLAGGA 0", ["#FLAGGA", "0"]),
    ('#KONTO\t1910\t"Kassa"', ["#KONTO", "1910", "Kassa"]),
    (r'#VER "" "" 20250101 "a \"b\" c"', ["#VER", "", "", "20250101", 'a "b" c']),
    ("   #TRANS 1910 {} -100.50", ["#TRANS", "1910", (), "-100.50"]),
    ('#TRANS "3010" {"1" "Nord" "7" "101"} -5 20250131 "x" 3', [
        "#TRANS", "3010", (("1", "Nord"), ("7", "101")), "-5", "20250131", "x", "3",
    ]),
    ("#TRANS 3010 { 6 Bilen 2 KAZ747} 1", ["#TRANS", "3010", (("2", "KAZ747"), ("6", "Bilen")), "1"]),
    ("{", ["{"]),
    ("}", ["}"]),
    ('#TRANS 4010 {} 100.00 20140105 "inte slut', [
        "#TRANS", "4010", (), "100.00", "20140105", "inte slut",
    ]),
    ('#KONTO 6010 ""', ["#KONTO", "6010", ""]),
]  # fmt: skip


@pytest.mark.parametrize(("line", "parts"), LINES, ids=[line for line, _ in LINES])
def test_a_line_has_its_fields(line: str, parts: list[object]) -> None:
    assert fields(line) == parts


def test_a_quote_that_is_never_closed_is_seen() -> None:
    assert has_open_quote('#TRANS 4010 {} 100.00 20140105 "inte slut')
    assert not has_open_quote(r'#TRANS 4010 {} 100.00 20140105 "a \" b"')


def test_objects_without_a_code_are_none() -> None:
    assert objects('1 "" 6 "P10"') == (("6", "P10"),)


_CODE = st.text(st.sampled_from('ABCÅÄÖ019 -"\\{}'), max_size=6)
_AMOUNT = st.one_of(
    st.decimals(-(10**9), 10**9, places=2, allow_nan=False).map(str),
    st.integers(-999, 999).map(str),
    st.sampled_from(["1,5", "", "x", "1.234", "+3.00", "-0.00", "1e3"]),
)
_DAY = st.sampled_from(["", ' ""', " 20250131", ' "20250131"', " 2025", " 20251399", "\t20250228"])
_TAIL = st.text(st.sampled_from('abc "\\{}\t1'), max_size=8)


@st.composite
def _lines(draw: st.DrawFn) -> str:
    quote = draw(st.sampled_from(["", '"']))
    held = "".join(
        f' {draw(st.sampled_from(["1", "6"]))} "{draw(_CODE)}"'
        for _ in range(draw(st.integers(0, 2)))
    )
    account = draw(st.sampled_from(["3010", "1910", "FEL", "4 0"]))
    return (
        f"{draw(st.sampled_from(['', '  ', chr(9)]))}#TRANS {quote}{account}{quote} {{{held}}} "
        f"{draw(_AMOUNT)}{draw(_DAY)} {draw(_TAIL)}"
    )


@settings(max_examples=400)
@given(_lines())
def test_the_quick_way_gives_the_same_fields(line: str) -> None:
    """Wherever a line is matched as a whole, it is as if it had been taken apart."""
    match = TRANSACTION.match(line)
    if match is None:
        return
    label, account, held, amount, *rest = fields(line)
    assert (label, account, amount) == ("#TRANS", match["account"], match["amount"])
    assert held == objects(match["objects"])
    assert (match["day"] or "") == (rest[0] if rest else "")
    assert ore(match["amount"]) is not None


@settings(max_examples=400)
@given(_lines())
def test_sums_are_the_same_either_way(line: str) -> None:
    """A whole voucher, read quickly and with every transaction in an unusual form."""

    def read(transaction: str) -> object:
        content = Content()
        try:
            content.read(['#VER A 1 20250115 ""', "{", transaction, "}"])
        except InputError as error:
            return type(error)
        # What stands is read as objects.
        return {
            (a, objects(h) if isinstance(h, str) else h, own or v): n
            for (a, h, own, v), n in content.sums.items()
        }

    if TRANSACTION.match(line):
        slow = line.replace("#TRANS", "#trans", 1)
        assert TRANSACTION.match(slow) is None
        assert read(line) == read(slow)


@given(st.text(st.sampled_from('#VER A1"\\ 20250131\t{}'), max_size=40))
def test_vouchers_too(text: str) -> None:
    line = f"#VER {text}"
    match = VOUCHER.match(line)
    if match is not None:
        label, series, number, day, *_ = fields(line)
        assert (label, day) == ("#VER", match["day"])
        assert (series, number) == (
            match["series"].strip('"').strip(),
            match["number"].strip('"').strip(),
        )


def test_no_more_is_held_than_the_sums() -> None:
    """Twice as many vouchers take no more room: a piece of the text at a time."""

    def most(vouchers: int) -> int:
        rows = '#TRANS 6010 {6 "P10"} 100.00 20250115 "Hyra för lokal"\r\n#TRANS 1930 {} -100.00'
        one = f'#VER A 1 20250115 "text"\r\n{{\r\n{rows}\r\n}}\r\n'
        data = ("#SIETYP 4\r\n#RAR 0 20250101 20251231\r\n" + vouchers * one).encode()
        tracemalloc.start()
        assert len(reading.read(data, "x").entries) == 2
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    assert most(30_000) < 1.5 * most(15_000)
