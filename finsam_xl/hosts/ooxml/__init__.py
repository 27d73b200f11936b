"""The file host: .xlsx and .xlsm files edited at the level of their parts, without loss.

Only the parts that must change are rewritten, and inside them only the touched
elements; every other zip entry keeps its exact bytes.
"""

from finsam_xl.hosts.ooxml.book import Book, Saved

__all__ = ["Book", "Saved"]
