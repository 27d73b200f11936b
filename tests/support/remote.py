"""xlwings with its remote engine, which asks for a key even where its licence is free."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import missing

KEY = "noncommercial"


@pytest.fixture(scope="session")
def xw() -> Iterator[Any]:
    """xlwings; without it, or without its remote engine, the test is skipped, under CI it fails."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XLWINGS_LICENSE_KEY", KEY)
        try:
            xlwings = importlib.import_module("xlwings")
        except ImportError:
            missing("xlwings finns inte (pip install -e .[dev])")
        if "remote" not in [engine.name for engine in xlwings.engines]:
            missing("xlwings motor för Office.js gick inte att starta")
        yield xlwings
