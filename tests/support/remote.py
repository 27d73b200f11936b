"""xlwings with its remote engine, which asks for a key even where its licence is free."""

from __future__ import annotations

import importlib
from typing import Any

import pytest
from conftest import missing


@pytest.fixture(scope="session")
def xw() -> Any:
    """xlwings; without it, or without its remote engine, the test is skipped, under CI it fails."""
    try:
        xlwings = importlib.import_module("xlwings")
    except ImportError:
        missing("xlwings finns inte (pip install -e .[dev])")
    if "remote" not in [engine.name for engine in xlwings.engines]:
        missing("xlwings motor för Office.js gick inte att starta")
    return xlwings
