"""One LibreOffice with the extension for each module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from support.calc_office import CalcOffice, running


@pytest.fixture(scope="module")
def calc(soffice: str, uno_python: str) -> Iterator[CalcOffice]:
    with running(uno_python) as office:
        yield office
