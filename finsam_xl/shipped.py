"""The workbooks that come with the product, to try things on: two associations' own figures.

>>> [path.name for path in samples()][:2]
['sodra-lappland-budget.xlsx', 'umearegionen-budget.xlsx']
"""

from __future__ import annotations

from pathlib import Path

from finsam_xl.errors import WorkbookError

_INSTALLED = Path(__file__).parent / "_workbooks"
_IN_SOURCE = Path(__file__).parents[1] / "workbooks" / "existing"


def samples() -> list[Path]:
    """The shipped workbooks; raises ``WorkbookError`` if the installation lacks them."""
    for folder in (_INSTALLED, _IN_SOURCE):
        found = sorted(folder.glob("*.xlsx"))
        if found:
            return found
    raise WorkbookError(
        "Exempelarbetsböckerna saknas i installationen.", remedy="Installera finsam-xl på nytt."
    )
