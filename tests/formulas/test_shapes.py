"""What formulas have in common with those beside them."""

from __future__ import annotations

import pytest

from finsam_xl.formulas.blocks import Area
from finsam_xl.formulas.shapes import shape


@pytest.mark.parametrize(
    ("formula", "form", "skeleton"),
    [
        ("B2+$C$3", "R[-7]C[0]+R3C3", "#+#"),
        ("SUM(B$2:$B8)", "SUM(R2C[0]:R[-1]C2)", "SUM(#)"),
        ("Plan!B2*Moms", "Plan!R[-7]C[0]*Moms", "#*MOMS"),
        ("[1]Plan!B2", "[1]Plan!R[-7]C[0]", "#"),
        ('IF(B2="12:30";1,5)', 'IF(R[-7]C[0]="12:30";1,5)', 'IF(#="12:30",1,5)'),
        ("Tabell1[B2]", "Tabell1[B2]", "TABELL1[B2]"),
    ],
)
def test_form_and_skeleton(formula: str, form: str, skeleton: str) -> None:
    found = shape(formula, (9, 2))
    assert found
    assert (found.form, found.skeleton) == (form, skeleton)


@pytest.mark.parametrize("formula", ["SUM(B:B)", "SUM(2:2)", "Plan!$B:$C"])
def test_whole_rows_and_columns_have_no_shape(formula: str) -> None:
    assert shape(formula, (9, 2)) is None


def test_a_sheet_of_another_workbook_is_none_of_ours() -> None:
    found = shape("[1]Plan!B2+Plan!B2+B2", (9, 2))
    assert found
    assert [one.area for one in found.references] == [
        Area("[1]Plan", 2, 2, 2, 2), Area("Plan", 2, 2, 2, 2), Area("", 2, 2, 2, 2)
    ]  # fmt: skip


def test_functions_within_texts_are_none() -> None:
    found = shape('SUM(B2)&"MAX(B3)"', (9, 2))
    assert found
    assert found.functions == {"SUM"}
