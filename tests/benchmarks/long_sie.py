"""Time and memory to read a SIE file: ``python tests/benchmarks/long_sie.py [TRANSACTIONS]``.

Four transactions to a voucher, with objects, dates and texts, as a program writes them. A file of
half the length is read first, so that it is seen that the time is linear. Nothing is asserted.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from finsam_xl.ledgers.reading import read

TRANSACTIONS = 200_000
_ROWS, _DAYS = 4, 365
_ACCOUNTS, _PROJECTS = (5010, 6010, 4510, 2440), ("P10", "P41VÄN", "P50UNG")
_HEAD = '#FLAGGA 0\r\n#PROGRAM "Prov" 1\r\n#FORMAT PC8\r\n#SIETYP 4\r\n#RAR 0 20250101 20251231'


def lines(transactions: int) -> Iterator[str]:
    """The lines of a file."""
    chosen = random.Random(1)  # noqa: S311 (an invented ledger)
    yield _HEAD
    for number in range(transactions // _ROWS):
        day = date(2025, 1, 1) + timedelta(days=number * _ROWS * _DAYS // transactions)
        yield f'#VER A {number} {day:%Y%m%d} "Leverantörsfaktura {number}" {day:%Y%m%d}'
        yield "{"
        amounts = [chosen.randint(100, 9_999_999) for _ in _ACCOUNTS[1:]]
        for account, amount in zip(_ACCOUNTS, (*amounts, -sum(amounts)), strict=True):
            held = f'{{1 "700" 6 "{chosen.choice(_PROJECTS)}"}}' if amount > 0 else "{}"
            yield (
                f"   #TRANS {account + chosen.randint(0, 9)} {held} {amount / 100:.2f} "
                f'{day:%Y%m%d} "Leverantörsfaktura {number}, en rad med text om vad det är" 0'
            )
        yield "}"


def main(transactions: int = TRANSACTIONS) -> None:
    """Print the time for half as many and for all, and the most memory."""
    with tempfile.TemporaryDirectory() as folder:
        for count in (transactions // 2, transactions):
            path = Path(folder) / f"{count}.se"
            path.write_bytes("\r\n".join(lines(count)).encode("cp437"))
            begun = time.process_time()
            ledger = read(path.read_bytes(), path.name)
            took = time.process_time() - begun
            size = path.stat().st_size / 1e6
            print(f"{count} transactions, {size:.0f} MB: {took:.2f} s, {len(ledger.entries)} sums")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"at most {most:.0f} MB, the making of the files included")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
