"""The wrappers that xlwings decorates, as Python text made from the lists.

One function for each line of the registry, one script for each button. Lite's ``main.py``
and the server's module hold the same text; only the kind of workbook differs.

>>> from finsam_xl.registry import BY_NAME
>>> print(function(BY_NAME["FINSAM_JAMN"]))  # doctest: +ELLIPSIS
@func
@arg("kvinnor", ndim=2, err_to_str=True, doc="Antal kvinnor.")
@arg("män", ndim=2, err_to_str=True, doc="Antal män.")
@arg("gräns", ndim=2, err_to_str=True, doc="Minsta andel ...")
@arg("datum", ndim=2, err_to_str=True, doc="Dagen ...")
def finsam_jamn(kvinnor, män, gräns=None, datum=None):
    ...SANT om inget kön är under gränsen. Exempel: =FINSAM_JAMN(4; 6)...
    return calculate("FINSAM_JAMN", kvinnor, män, gräns, datum)
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from finsam_xl.actions.buttons import BUTTONS, Button
from finsam_xl.registry import FUNCTIONS, Argument, CellFunction


def functions(listed: Iterable[CellFunction] = FUNCTIONS) -> str:
    """A decorated function for each one in the registry."""
    return "\n\n\n".join(map(function, listed))


def function(entry: CellFunction) -> str:
    """One decorated function."""
    names = [argument.identifier for argument in entry.arguments]
    given = [
        f"{name}=None" if argument.optional else name
        for name, argument in zip(names, entry.arguments, strict=True)
    ]
    lines = ["@func"]
    lines += [_argument(argument) for argument in entry.arguments]
    lines += [
        f"def {entry.name.lower()}({', '.join(given)}):",
        f"    {_docstring(f'{entry.help} Exempel: {entry.example.formula}')}",
        f"    return calculate({', '.join((_quoted(entry.name), *names))})",
    ]
    return "\n".join(lines)


def _argument(argument: Argument) -> str:
    left_out = f" Utelämnat: {argument.default}." if argument.default else ""
    return (
        f"@arg({_quoted(argument.identifier)}, ndim=2, err_to_str=True, "
        f"doc={_quoted(argument.help + left_out)})"
    )


def scripts(
    book: str, listed: Iterable[Button] = BUTTONS, places: dict[str, str] | None = None
) -> str:
    """A decorated script for each button.

    ``book``: the annotation of the workbook; ``places``: by button, the cell behind its
    shape on a sheet.
    """
    return "\n\n\n".join(script(button, book, (places or {}).get(button.name)) for button in listed)


def script(button: Button, book: str, place: str | None = None) -> str:
    """One decorated script."""
    where = f", button={_quoted(f'[{button.name}]{place}')}, show_taskpane=True" if place else ""
    return "\n".join(
        (
            f"@script(name={_quoted(button.text)}{where})",
            f"async def {button.name}(book: {book}):",
            f"    {_docstring(button.tip)}",
            f"    await run({_quoted(button.name)}, book)",
        )
    )


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _docstring(text: str) -> str:
    """The text as a docstring, also when it ends with a quotation mark."""
    inner = text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    return f'"""{inner[:-1]}\\""""' if inner.endswith('"') else f'"""{inner}"""'
