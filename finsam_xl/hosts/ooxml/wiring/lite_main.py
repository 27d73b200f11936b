"""The ``main.py`` of a Lite workbook: what App Mode says, the wrappers, and the packed core."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from finsam_xl.actions.buttons import BUTTONS, Button
from finsam_xl.handbok import BY_SUBJECT
from finsam_xl.hosts.ooxml.wiring import lite_core, wrappers

REQUIREMENTS = "xlwings==0.37.8\n"
PYODIDE = "314.0.7"
"""From 314 on xlwings Lite writes down which packages it installed and installs the same again."""

_HEAD = '''\
"""# Finsam

Räknar om, granskar och rapporterar i den här arbetsboken. Välj en knapp nedan.
Formler skrivs aldrig över, och vad som ändrades och var du ska titta sägs efteråt.

Funktionerna, som `=FINSAM_AVGIFT(…)`, skrivs i celler som Excels egna.

I handboken: {handbook}.

Version {version}
"""

# Filen är gjord av `python workbooks/build` ur funktionslistan och knapplistan.
# Det som räknar ligger packat sist, så att inget behöver hämtas från nätet.

import base64
import bz2
import json
import sys
import tempfile
import zlib
from pathlib import Path

import xlwings as xw
from xlwings import arg, func, script


def unpack(packed):
    """Lägg det som räknar i Pythons minnesfiler, där det kan importeras."""
    folder = Path(tempfile.gettempdir(), f"finsam-{zlib.crc32(packed.encode()):08x}")
    if str(folder) in sys.path:
        return
    for name, text in json.loads(bz2.decompress(base64.b64decode(packed))).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for name in [known for known in sys.modules if known.split(".")[0] in ("finsam_xl", "udfs")]:
        del sys.modules[name]
    sys.path.insert(0, str(folder))


# Knapparna


'''
_FUNCTIONS = "\n\n\n# Funktionerna i celler\n\n\n"
_CORE = '''


# Det som räknar: paketet finsam_xl, packat

unpack("""
{packed}
""")

from udfs.lite import calculate, run  # noqa: E402
'''


def source(places: Mapping[str, str], version: str, buttons: Iterable[Button] = BUTTONS) -> str:
    """The whole module; ``places``: by button, the cell behind its shape on the sheet Start."""
    return "".join(
        (
            _HEAD.replace("{version}", version).replace("{handbook}", BY_SUBJECT["lite"].names),
            wrappers.scripts("xw.BookAsync", buttons, dict(places)),
            _FUNCTIONS,
            wrappers.functions(),
            _CORE.format(packed=lite_core.packed()),
        )
    )
