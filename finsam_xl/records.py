"""Records: named tuples written as those of ``typing``, and made in a third of the time.

The library's own compiles the text of every annotation, for nobody to read. A run makes over
a hundred kinds of records before it has read a cell.

>>> class Pair(NamedTuple):
...     first: int
...     second: int = 2
>>> Pair(1), Pair(1)._replace(first=3)
(Pair(first=1, second=2), Pair(first=3, second=2))
"""

from __future__ import annotations

from collections import namedtuple
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import NamedTuple
else:

    class _Record(type):
        """Makes a named tuple of a class that has fields with annotations, and perhaps more."""

        def __new__(cls, name: str, _: Any, body: dict[str, Any]) -> type:
            fields = body.pop("__annotations__", {})
            defaults = [body.pop(field) for field in fields if field in body]
            module = body.pop("__module__")
            made = namedtuple(name, fields, defaults=defaults, module=module)  # noqa: PYI024
            for key, value in body.items():
                setattr(made, key, value)
            made.__annotations__ = fields
            return made

    NamedTuple = type.__new__(_Record, "NamedTuple", (), {})

__all__ = ["NamedTuple"]
