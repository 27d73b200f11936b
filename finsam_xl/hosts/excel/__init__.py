"""The Excel host: a workbook that is open in Excel, through xlwings.

The same code under Excel on the desktop (COM), xlwings Lite and xlwings Server. It is
handed an xlwings ``Book`` and imports no xlwings itself.

>>> plan = actions.recompute(read(book), today=date.today(), run="")  # doctest: +SKIP
>>> apply(book, plan).sentence  # doctest: +SKIP
'636 celler på 9 blad är ändrade; 18 fynd, börja med Impactindex!C14.'
"""

from __future__ import annotations

from finsam_xl.hosts.excel.later import fetch
from finsam_xl.hosts.excel.reading import Known, read
from finsam_xl.hosts.excel.writing import apply
from finsam_xl.hosts.opened.held import Facts
from finsam_xl.hosts.opened.outcome import Applied

__all__ = ["Applied", "Facts", "Known", "apply", "fetch", "read"]
