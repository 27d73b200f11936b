"""What runs in the process of the calculation engine: a job read, results written for each phase.

The process is started with this file alone (see ``engineprocess``), so that it can be ended
when it takes too long: the engine itself cannot be stopped. It knows nothing of the package,
and loads nothing but the engine: it starts in every run that needs it. Both sides are the same
Python, so what they send each other is marshalled.

A job holds ``sheets`` (names), ``names`` (name and formula), ``cells`` (sheet, row, column,
value), ``errors`` (the same, values that are errors) and ``phases``: lists of formulas
(sheet, row, column, text). After each phase its formulas' results are written, as far as they
are known then: sheet, row, column, whether it is an error, value. After the last phase follows
``None``, and the next job may come. What is sent has its length before it, on a line.
"""

from __future__ import annotations

import marshal
import sys

TYPE_CHECKING = False  # the module of that name takes longer to load than the engine
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    import ironcalc

_REFUSED = "#ERROR!"
_BASE_MEMORY, _MEMORY_PER_BYTE = 448 << 20, 64


def _is_done(work: Callable[..., object], *given: object) -> bool:
    """Whether the engine did some work and refused none; its panics are no ``Exception``."""
    import ironcalc

    try:
        work(*given)
    except ironcalc.WorkbookError:
        return False
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        return False
    return True


def _add_sheets(model: ironcalc.Model, sheets: list[str]) -> None:
    # First out of the way, so that a sheet called Sheet2 can take its name.
    for number in range(len(sheets)):
        if number:
            model.new_sheet()
        model.rename_sheet(number, f"~{number}~")
    for number, name in enumerate(sheets):
        model.rename_sheet(number, name)


def _put(model: ironcalc.Model, cells: list[Any], errors: list[Any]) -> None:
    for sheet, row, column, value in cells:
        if isinstance(value, bool):
            model.update_cell_with_bool(sheet, row, column, value)
        elif isinstance(value, str):
            model.update_cell_with_text(sheet, row, column, value)
        else:
            model.update_cell_with_number(sheet, row, column, float(value))
    for sheet, row, column, value in errors:
        model.update_cell_with_formula(sheet, row, column, f"={value}")


def _results(model: ironcalc.Model, formulas: list[Any], taken: set[Any]) -> Iterator[list[Any]]:
    import ironcalc

    for sheet, row, column, _ in formulas:
        if (sheet, row, column) not in taken:
            yield [sheet, row, column, True, _REFUSED]
            continue
        value = model.get_cell_value(sheet, row, column)
        is_error = model.get_cell_type(sheet, row, column) == ironcalc.CellType.ErrorValue
        if not isinstance(value, str | bool | int | float) and value is not None:
            value = str(value)
        yield [sheet, row, column, is_error, value]


def run(job: dict[str, Any], tell: Callable[[list[list[Any]]], object]) -> None:
    """Tell the results of each phase; ends early where the engine gives up."""
    import ironcalc

    model = ironcalc.create("finsam", "en", "UTC", "en")
    _add_sheets(model, job["sheets"])
    for name, formula in job["names"]:
        # Names the engine cannot hold (constants, print areas) matter only if used.
        _is_done(model.new_defined_name, name, None, formula)
    _put(model, job["cells"], job["errors"])
    taken: set[Any] = set()
    for phase in job["phases"]:
        for sheet, row, column, text in phase:
            if _is_done(model.update_cell_with_formula, sheet, row, column, text):
                taken.add((sheet, row, column))
        model.evaluate()
        tell(list(_results(model, phase, taken)))


def _limit(size: int) -> None:
    """Allow no more memory than a job of that size honestly needs: beyond it the engine ends."""
    try:
        import resource
    except ImportError:
        return  # Windows has no such limit
    most = _BASE_MEMORY + _MEMORY_PER_BYTE * size
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (allowed, hard))


def _tell(results: list[list[Any]] | None) -> None:
    sent = marshal.dumps(results)
    sys.stdout.buffer.write(b"%d\n" % len(sent) + sent)
    sys.stdout.buffer.flush()


def main() -> None:
    """Read jobs from standard input and write their results to standard output."""
    while size := sys.stdin.buffer.readline():
        _limit(int(size))
        job = marshal.loads(sys.stdin.buffer.read(int(size)))  # noqa: S302 (of who started this)
        sys.path += [folder for folder in job["path"] if folder not in sys.path]
        _is_done(run, job, _tell)
        _tell(None)


if __name__ == "__main__":
    main()
