"""Progress for work over a second: nothing before that, and only on standard error."""

from __future__ import annotations

import sys
import threading
from types import TracebackType
from typing import Any, Self

from finsam_xl.cli.printing import complain, visible

_PATIENCE = 1.0


class Progress:
    """Tells what goes on once ``patience`` seconds have passed; call it with each new step."""

    def __init__(self, patience: float = _PATIENCE) -> None:
        self._message = ""
        self._status: Any = None
        self._shows = False
        self._timer = threading.Timer(patience, self._begin)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        if self._status is not None:
            self._status.stop()

    def make_way(self) -> None:
        """Say nothing more where the answer is shown too: its line would stand in between."""
        if not sys.stdout.isatty():
            return
        self._timer.cancel()
        if self._status is not None:
            self._status.stop()
        self._shows, self._status = False, None

    def __call__(self, message: str) -> None:
        """Say what begins now."""
        self._message = visible(message)
        if self._shows:
            self._show()

    def _begin(self) -> None:
        self._shows = True
        self._show()

    def _show(self) -> None:
        if not self._message:
            return
        if not sys.stderr.isatty():
            complain(f"{self._message} …")
            return
        from rich.spinner import Spinner
        from rich.text import Text

        spinner = Spinner("dots", Text(self._message))
        if self._status is None:
            from rich.console import Console
            from rich.live import Live

            # An answer that is sent elsewhere gets there, and not to the terminal's other stream.
            is_shown = sys.stdout.isatty()
            console = Console(stderr=True)
            self._status = Live(spinner, console=console, transient=True, redirect_stdout=is_shown)
            self._status.start()
        self._status.update(spinner)
