"""One change at a time, each with the way back: all are made, or none is left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

from finsam_xl.errors import FinsamError
from finsam_xl.hosts.excel.patience import busy, is_busy, patiently
from finsam_xl.hosts.excel.reading import is_remote
from finsam_xl.hosts.opened.steps import Step, failed


def carry_out(book: Any, steps: Iterable[Step]) -> list[str]:
    """Make every change; gives the notes. On any error the changes are taken back."""
    done: list[Step] = []
    notes: dict[str, None] = {}
    queued = len(book.json()["actions"]) if is_remote(book) else 0
    try:
        for step in steps:
            # Known before it is tried: what fails halfway must be taken back as well.
            done.append(step)
            try:
                patiently(step.do)
            except FinsamError:
                done.pop()  # a call that Excel was too busy to take has changed nothing
                raise
            except Exception:
                if not step.note:
                    raise
                notes[step.note] = None
    except BaseException as error:
        if is_remote(book):
            del book.json()["actions"][queued:]
            restored = True
        else:
            restored = _take_back(done)
        if restored and is_busy(error):
            raise busy() from error
        if restored and (isinstance(error, FinsamError) or not isinstance(error, Exception)):
            raise
        raise failed("Excel", book.name, _reason(error), restored=restored) from error
    return list(notes)


def _take_back(done: list[Step]) -> bool:
    """Undo from the last change on; whether all of it went well."""
    restored = True
    for step in reversed(done):
        try:
            if step.undo is not None:
                patiently(step.undo)
        except FinsamError:  # busy for good: the rest would have to wait as long
            return False
        except Exception:  # noqa: BLE001  (the others can still be restored)
            restored = False
    return restored


def _reason(error: BaseException) -> str:
    """What Excel itself said, if it said anything."""
    for part in error.args:
        if isinstance(part, tuple) and len(part) > 2 and part[2]:
            return str(part[2])
    return str(error) or type(error).__name__


@contextmanager
def undisturbed(book: Any) -> Iterator[None]:
    """No flicker and no calculating while we write; then everything as the user had it.

    The active sheet is made active again, and with it its selection and scroll. Queued
    writes (Server, Lite) do not flicker, have no settings, and are dropped if they fail.
    """
    active = patiently(lambda: book.sheets.active)  # it may be a chart sheet: not in ``sheets``
    if is_remote(book):
        yield
        _activate(book, active)
        return
    before = {name: patiently(partial(getattr, book.app, name)) for name in _QUIET}
    try:
        for name, quiet in _QUIET.items():
            patiently(partial(setattr, book.app, name, quiet))
        yield
    finally:
        _best_effort(partial(_activate, book, active))
        for name, value in reversed(before.items()):
            _best_effort(partial(setattr, book.app, name, value))


def _best_effort(call: Callable[[], object]) -> None:
    """A call whose failure must not hide what went wrong before."""
    with suppress(Exception):
        patiently(call)


_QUIET = {"screen_updating": False, "calculation": "manual", "enable_events": False}


def _activate(book: Any, sheet: Any) -> None:
    if book.sheets.active.name != sheet.name:
        sheet.activate()
