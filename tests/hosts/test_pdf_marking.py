"""A page that is marked anew draws what it drew, and each piece of it is what it is said to be."""

from __future__ import annotations

from typing import Any

import pikepdf
import pytest
from hypothesis import strategies as st

from finsam_xl.hosts.pdf.before import elements, figures
from finsam_xl.hosts.pdf.content import Content, Group, Piece, content
from finsam_xl.hosts.pdf.marking import marked
from finsam_xl.hosts.pdf.parts import NotUnderstoodError, Pagination
from support.properties import given

PARTS = st.sampled_from([(1, 1), (1, 2), 0, Pagination.FOOTER, None])
LETTERS = b"""begincmap
1 begincodespacerange <00> <FF> endcodespacerange
2 beginbfchar <01> <0053> <02> <00740074> endbfchar
2 beginbfrange <03> <05> <0061> <06> <07> [<25BC> <00A0>] endbfrange
endcmap"""


def _plain(operator: str, *operands: Any) -> Any:
    return pikepdf.ContentStreamInstruction(list(operands), pikepdf.Operator(operator))


@st.composite
def pages(draw: st.DrawFn) -> tuple[Content, dict[int, Any]]:
    """A page of nested groups, texts and states, and what its texts are."""
    pieces: list[Piece] = []
    found: dict[int, Any] = {}

    def level(depth: int) -> list[Any]:
        kinds = st.sampled_from(["piece", "state", "group"] if depth else ["piece", "state"])
        made: list[Any] = []
        for kind in draw(st.lists(kinds, max_size=3)):
            if kind == "state":
                made.append(_plain("w", 1))
            elif kind == "group":
                made.append(Group((_plain("q"), *level(depth - 1), _plain("Q"))))
            else:
                number = len(pieces)
                text = (_plain("BT"), _plain("Td", number, 0), _plain("ET"))
                pieces.append(Piece(number, text, "S", number, 0, None))
                part = draw(PARTS)
                if part is not None:
                    found[number] = part
                made.append(pieces[-1])
        return made

    root = Group(tuple(level(2)))
    return Content(root, tuple(pieces)), found


def _told(instructions: list[Any]) -> list[str]:
    return [str(one.operator) + str(list(one.operands)) for one in instructions]


def _all(child: Any) -> list[Any]:
    if isinstance(child, Piece):
        return list(child.instructions)
    return [x for one in child.children for x in _all(one)] if isinstance(child, Group) else [child]


@given(pages())
def test_what_is_drawn_stays(page: tuple[Content, dict[int, Any]]) -> None:
    """Without its marks a page is what it was, and marks and states are closed where they began."""
    held, found = page
    made = marked(held, found, {})
    drawn = [one for one in made.instructions if str(one.operator) not in {"BDC", "BMC", "EMC"}]
    assert _told(drawn) == _told(_all(held.root))
    open_ones: list[str] = []
    for one in made.instructions:
        operator = str(one.operator)
        if operator in {"q", "BDC", "BMC"}:
            open_ones.append(operator)
        elif operator in {"Q", "EMC"}:
            assert (open_ones.pop() == "q") == (operator == "Q")
    assert open_ones == []


def test_texts_are_drawn_in_the_order_they_are_read() -> None:
    """Those beside each other; what stands between them, or is none, stays where it is."""
    texts = [
        Piece(number, (_plain("BT"), _plain("Td", number, 0), _plain("ET")), "S", 0, 0, None)
        for number in range(5)
    ]
    first, second, *others = (Group((_plain("q"), text, _plain("Q"))) for text in texts)
    root = Group((first, second, others[0], _plain("w", 2), others[1], others[2]))
    found = {0: (3, 1), 1: (2, 1), 2: (3, 1), 3: (1, 2), 4: (1, 1)}
    order = {(1, 1): 0, (1, 2): 1, (2, 1): 2, (3, 1): 3}
    made = marked(Content(root, tuple(texts)), found, order)  # type: ignore[arg-type]
    drawn = [int(one.operands[0]) for one in made.instructions if str(one.operator) in {"Td", "w"}]
    assert drawn == [1, 0, 2, 2, 4, 3]
    assert made.parts == [(2, 1), (3, 1), (1, 1), (1, 2)]


@given(pages())
def test_each_piece_is_in_its_own_mark(page: tuple[Content, dict[int, Any]]) -> None:
    """The mark around a text is of the part that it is; what is no part is decoration."""
    held, found = page
    made = marked(held, found, {})
    inside: list[Any] = []
    for one in made.instructions:
        operator = str(one.operator)
        if operator == "BDC" and "/MCID" in one.operands[1]:
            inside.append(made.parts[int(one.operands[1].MCID)])
        elif operator == "BDC":
            inside.append(Pagination(str(one.operands[1].Subtype).removeprefix("/")))
        elif operator == "BMC":
            inside.append(None)
        elif operator == "EMC":
            inside.pop()
        elif operator == "Td":
            assert inside == [found.get(int(one.operands[0]))]


def _read(stream: bytes, figures: dict[int, int] | None = None) -> Content:
    """A page with two fonts of known letters."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, ToUnicode=pdf.make_stream(LETTERS))
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font, F2=font))
    page.Contents = pdf.make_stream(stream)
    return content(page, figures or {})


def test_letters_and_places() -> None:
    """By what the font says of itself: single letters, several in one, and ranges of them."""
    held = _read(b"q 1 0 0 1 10 20 cm BT 5 6 Td /F1 9 Tf [<01>-3<0203>2<07>]TJ ET Q 1 2 m 3 4 l S")
    text, line = held.pieces
    assert (text.text, text.x, text.y, line.text) == ("Stta\u00a0", 15, 26, "")


def test_a_sign_that_is_drawn_later_stands_where_it_is_seen() -> None:
    """LibreOffice draws a sign of another font after its line; it is read, and written, before."""
    held = _read(b"BT 20 6 Td /F1 9 Tf <01>Tj 1 0 0 1 5 6 Tm /F2 9 Tf <06>Tj ET")
    (piece,) = held.pieces
    assert (piece.text, piece.x) == ("▼S", 5)
    told = pikepdf.unparse_content_stream(piece.instructions).split()
    assert told.index(b"/F2") < told.index(b"/F1")
    assert b" ".join(told).count(b"1 0 0 1 20.0 6.0 Tm") == 1


def test_glyphs_that_stand_for_another_text() -> None:
    """It is read in place of them; where it says but which space it is, nothing is said."""
    same = _read(b"BT /Span<</ActualText(\xfe\xff\x00\xa0)>>BDC 5 6 Td /F1 9 Tf <07>Tj EMC ET")
    other = _read(b"BT /Span<</ActualText(xy)>>BDC 5 6 Td /F1 9 Tf <01>Tj EMC ET")
    assert b"Span" not in pikepdf.unparse_content_stream(same.pieces[0].instructions)
    assert other.pieces[0].text == "xy"
    assert b"Span" in pikepdf.unparse_content_stream(other.pieces[0].instructions)


def test_what_was_marked_is_marked_anew() -> None:
    """Old marks go; which of them were pictures is known of each piece."""
    held = _read(
        b"/P<</MCID 0>>BDC BT 1 1 Td /F1 9 Tf <01>Tj ET EMC /F<</MCID 1>>BDC 1 1 m 2 2 l S EMC"
        b" /Artifact BMC BT ET EMC",
        {1: 4},
    )
    assert [piece.figure for piece in held.pieces] == [None, 4]
    assert "BDC" not in "".join(_told(_all(held.root)))


@pytest.mark.parametrize(
    "stream",
    [
        b"q",
        b"Q",
        b"1 1 m",
        b"BT 1 1 Td /F1 9 Tf <09>Tj ET",
        b"BT 1 1 Td /F9 9 Tf <01>Tj ET",
        b"EMC",
    ],
    ids=["open", "closed", "path", "letter", "font", "mark"],
)
def test_what_is_not_understood(stream: bytes) -> None:
    """Nothing is said of a page that is not written as we know it."""
    with pytest.raises(NotUnderstoodError):
        _read(stream)


def test_pictures_are_found_wherever_they_are() -> None:
    """Newer programs may put them into tables; what is in a picture belongs to it."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page()

    def element(kind: str, *kids: Any) -> Any:
        held = pikepdf.Dictionary(S=pikepdf.Name(f"/{kind}"), K=pikepdf.Array(kids), Pg=page.obj)
        return pdf.make_indirect(held)

    picture = element("Figure", 1, element("P", 2))
    picture.A = pikepdf.Dictionary(O=pikepdf.Name.Layout, BBox=[1, 2, 3, 4])
    table = element("Table", element("TR", element("TD", picture)))
    document = element("Document", element("Sect", element("P", 0), table))
    assert (elements(pdf), figures(pdf)) == ([], [])
    pdf.Root.StructTreeRoot = pdf.make_indirect(pikepdf.Dictionary(K=document))
    (found,) = figures(pdf)
    assert sorted(mark.number for mark in found.marks) == [1, 2]
    assert (found.page, list(map(int, found.box))) == (0, [1, 2, 3, 4])  # type: ignore[arg-type]
    assert [str(one.element.S) for one in elements(pdf)] == ["/P", "/Table"]
