"""The page each bookmark of a PDF leads to, in both ways that objects are written."""

from __future__ import annotations

import zlib

from finsam_xl.hosts.bookmarks import pages_of_bookmarks

OBJECTS = {
    1: "<</Type/Catalog/Pages 2 0 R/Outlines 7 0 R>>",
    2: "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 3>>",
    3: "<</Type/Page/Parent 2 0 R>>",
    4: "<</Type /Pages /Parent 2 0 R /Kids [ 5 0 R\n6 0 R ] /Count 2>>",
    5: "<</Type/Page/Parent 4 0 R>>",
    6: "<</Type/Page/Parent 4 0 R>>",
    7: "<</Type/Outlines/First 8 0 R/Last 9 0 R/Count 2>>",
    8: f"<</Title<{'Årsredovisning'.encode('utf-16').hex()}>/Dest[6 0 R/XYZ 0 595 0]/Parent 7 0 R>>",
    9: f"<</Title<{'Plan'.encode('utf-16').hex()}>\n/Dest[3 0 R/XYZ 0 595 0]/Parent 7 0 R>>",
    10: f"<</Title<{'Borta'.encode('utf-16').hex()}>/Dest[99 0 R/XYZ 0 595 0]/Parent 7 0 R>>",
    11: "<</Title(Rapporter)/Producer(LibreOffice)>>",
}
PAGES = {"Årsredovisning": 3, "Plan": 1}


def test_objects_that_stand_open() -> None:
    """A page counts from the beginning of the whole tree; what leads nowhere is left out."""
    written = "".join(f"{number} 0 obj\n{held}\nendobj\n\n" for number, held in OBJECTS.items())
    assert pages_of_bookmarks(b"%PDF-1.6\n" + written.encode()) == PAGES


def test_objects_that_are_packed() -> None:
    """As newer programs write them: many in a stream, behind a list of where each begins."""
    texts = [held + "\n" for held in OBJECTS.values()]
    begins = [sum(map(len, texts[:at])) for at in range(len(texts))]
    index = " ".join(f"{number} {at}" for number, at in zip(OBJECTS, begins, strict=True)) + "\n"
    data = zlib.compress((index + "".join(texts)).encode())
    about = (
        f"<</Type/ObjStm/N {len(texts)}/First {len(index)}/Filter/FlateDecode/Length {len(data)}>>"
    )
    packed = b"20 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (about.encode(), data)
    assert pages_of_bookmarks(b"%PDF-1.7\n" + packed) == PAGES


def test_a_file_that_says_nothing() -> None:
    """No page is told of what is not understood."""
    assert pages_of_bookmarks(b"%PDF-1.6\n1 0 obj\n<</Type/Catalog>>\nendobj") == {}
