"""Excel that is busy, or has a cell in edit mode: wait a little, then say so.

xlwings itself tries such a call again without a pause and without an end, so that Excel in
edit mode would hang both programs. While we work it gives up at once, and we wait instead.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from finsam_xl.errors import WorkbookError

_ATTEMPTS = 12
_PAUSE = 0.25
_BUSY = frozenset(
    {
        -2147418111,  # RPC_E_CALL_REJECTED: busy, or a dialog is open
        -2147417846,  # RPC_E_SERVERCALL_RETRYLATER
        -2146777998,  # 0x800AC472: a cell is in edit mode
    }
)
T = TypeVar("T")


def is_busy(error: BaseException) -> bool:
    """Whether an error says that Excel takes no calls just now."""
    if type(error).__name__ == "ExcelBusyError":
        return True
    codes = {getattr(error, "hresult", None)}
    for part in error.args:
        codes.update(part if isinstance(part, tuple) else (part,))
    return not _BUSY.isdisjoint(code for code in codes if isinstance(code, int))


def patiently(call: Callable[[], T]) -> T:
    """The result of a call to Excel, tried again for a while if Excel is busy."""
    for _ in range(_ATTEMPTS - 1):
        try:
            return call()
        except Exception as error:
            if not is_busy(error):
                raise
        time.sleep(_PAUSE)
    try:
        return call()
    except Exception as error:
        if is_busy(error):
            raise busy() from error
        raise


def busy() -> WorkbookError:
    """What a person is told when Excel does not answer."""
    return WorkbookError(
        "Excel är upptaget, troligen för att en cell är öppen för redigering eller en "
        "dialogruta väntar på svar.",
        remedy="Tryck Enter eller Esc i Excel och försök igen.",
    )


@contextmanager
def xlwings_waits_briefly() -> Iterator[None]:
    """Bounds xlwings' own endless retrying on Windows; elsewhere there is nothing to bound."""
    engine: Any = sys.modules.get("xlwings._xlwindows")
    if engine is None:
        yield
        return
    before = engine.N_COM_ATTEMPTS
    engine.N_COM_ATTEMPTS = 1
    try:
        yield
    finally:
        engine.N_COM_ATTEMPTS = before
