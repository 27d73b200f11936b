"""What a person is asked in LibreOffice: which file, and one choice of several."""

from __future__ import annotations

from typing import Any

_CHOSEN = 1
"""What a dialog answers when it was not left."""
_KINDS = (
    ("Bokföring och tabeller", "*.se;*.si;*.sie;*.txt;*.csv;*.xlsx;*.xlsm;*.px;*.json"),
    ("Alla filer", "*.*"),
)
_AWT = "com.sun.star.awt.UnoControl"
_WIDTH, _TEXT, _LINE, _BUTTON, _GAP = 240, 64, 11, 15, 6
"""Sizes of the dialog and what is in it, in the units of dialogs, a fraction of a letter each."""


def file_chosen(context: Any, title: str) -> str:
    """The address of the file that is chosen; '' for none."""
    create = context.ServiceManager.createInstanceWithContext
    picker = create("com.sun.star.ui.dialogs.FilePicker", context)
    picker.setTitle(title)
    for name, pattern in _KINDS:
        picker.appendFilter(name, pattern)
    picker.setMultiSelectionMode(False)
    return str(picker.getFiles()[0]) if picker.execute() == _CHOSEN else ""


def choice(context: Any, title: str, text: str, choices: tuple[str, ...], likely: str) -> str:
    """What is chosen of some answers, the likely one proposed; '' for none."""
    made = dialog(context, title, text, choices, likely)
    create = context.ServiceManager.createInstanceWithContext
    try:
        made.createPeer(create("com.sun.star.awt.Toolkit", context), None)
        if made.execute() != _CHOSEN:
            return ""
        return str(made.getControl("svar").getSelectedItem())
    finally:
        made.dispose()


def dialog(context: Any, title: str, text: str, choices: tuple[str, ...], likely: str) -> Any:
    """The question as a dialog: its text, a list of the answers, and two buttons."""
    create = context.ServiceManager.createInstanceWithContext
    model = create(f"{_AWT}DialogModel", context)
    listed = _LINE * len(choices) + _GAP
    below = _GAP + _TEXT + _GAP + listed + _GAP
    _sized(model, 0, 0, _WIDTH, below + _BUTTON + _GAP)
    model.Title = title
    inner = _WIDTH - 2 * _GAP
    _add(model, "fraga", "FixedText", (_GAP, _GAP, inner, _TEXT), Label=text, MultiLine=True)
    _add(
        model, "svar", "ListBox", (_GAP, 2 * _GAP + _TEXT, inner, listed),
        StringItemList=choices, SelectedItems=(choices.index(likely),),
    )  # fmt: skip
    half = (inner - _GAP) // 2
    for name, label, kind, left in (
        ("ok", "Hämta", 1, _GAP),
        ("avbryt", "Avbryt", 2, _GAP + half + _GAP),
    ):
        box = (left, below, half, _BUTTON)
        _add(model, name, "Button", box, Label=label, PushButtonType=kind, DefaultButton=kind == 1)
    made = create(f"{_AWT}Dialog", context)
    made.setModel(model)
    return made


def _add(model: Any, name: str, kind: str, box: tuple[int, int, int, int], **said: Any) -> None:
    part = model.createInstance(f"{_AWT}{kind}Model")
    _sized(part, *box)
    for property_name, value in said.items():
        setattr(part, property_name, value)
    model.insertByName(name, part)


def _sized(part: Any, left: int, top: int, width: int, height: int) -> None:
    part.PositionX, part.PositionY, part.Width, part.Height = left, top, width, height
