"""Several workbooks at once: what they have in common, and what does not belong together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from finsam_xl.checks.concepts import words_of
from finsam_xl.checks.material import Material, Place
from finsam_xl.findings import tell
from finsam_xl.model import Finding


def check(materials: Sequence[Material]) -> Iterator[Finding]:
    """Tables that stand twice, and files of other associations."""
    yield from _twice(materials)
    yield from _others(materials)


def _twice(materials: Sequence[Material]) -> Iterator[Finding]:
    seen: dict[tuple[str, ...], Place] = {}
    for material in materials:
        for place in material.tables:
            key = (material.association, place.kind, words_of(place.title), place.period)
            first = seen.setdefault(key, place)
            is_text = place.kind == "text_figures"
            if first is place or is_text or first.ref.file == place.ref.file:
                continue
            yield tell(
                "samma-tabell",
                place.ref,
                stated=place.title,
                other=first.ref,
                also=[first.ref],
            )


def _others(materials: Sequence[Material]) -> Iterator[Finding]:
    """A note per file whose association is not that of most files."""
    counts = Counter(m.association for m in materials if m.association)
    if len(counts) < 2:
        return
    usual = counts.most_common(1)[0][0]
    for material in materials:
        if material.association and material.association != usual:
            found = tell(
                "annat-forbund",
                name=material.file,
                association=material.association,
                usual=usual,
            )
            yield found._replace(file=material.file)
