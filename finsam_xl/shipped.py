"""The workbooks that come with the product, to try things on: two associations' own figures.

>>> [path.name for path in samples()][:2]
['sodra-lappland-budget.xlsx', 'umearegionen-budget.xlsx']
"""

from __future__ import annotations

from pathlib import Path

from finsam_xl.errors import WorkbookError

_INSTALLED = Path(__file__).parent / "_workbooks"
_IN_SOURCE = Path(__file__).parents[1] / "workbooks"
_EXISTING, _TOUR = "existing", "demo"


def samples() -> list[Path]:
    """The shipped workbooks; raises ``WorkbookError`` if the installation lacks them."""
    return [path for path in _files(_EXISTING) if path.suffix == ".xlsx"]


def tour_files() -> list[Path]:
    """The books of an invented association's year, and the page that says what to try."""
    return _files(_TOUR)


def _files(name: str) -> list[Path]:
    for folder in (_INSTALLED / name, _IN_SOURCE / name):
        if any(folder.glob("*.xlsx")):
            return sorted(path for path in folder.iterdir() if path.is_file())
    raise WorkbookError(
        "Exempelarbetsböckerna saknas i installationen.", remedy="Installera finsam-xl på nytt."
    )
