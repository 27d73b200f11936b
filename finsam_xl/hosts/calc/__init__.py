"""The Calc host: a workbook that is open in LibreOffice, and the functions typed in its cells.

The same Python as LibreOffice's own runs it, beside LibreOffice's objects. It is handed the
document.

>>> plan = actions.recompute(read(document), today=date.today(), run="")  # doctest: +SKIP
>>> apply(document, plan, "Finsam: Räkna om").sentence  # doctest: +SKIP
'636 celler på 9 blad är ändrade; 18 fynd, börja med Impactindex!C14.'
"""

from __future__ import annotations

from finsam_xl.hosts.calc.reading import read
from finsam_xl.hosts.calc.writing import apply

__all__ = ["apply", "read"]
