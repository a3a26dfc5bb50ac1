"""Which stands are neighbours, on plain values: they touch along a side, or face each other across an aisle."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from eventapp.stands.rules.shapes import cells_of

WIDEST_AISLE = 8  # half metres: who is across a wider one is no neighbour


def neighbours_of_all(outlines: Mapping[int, Sequence[Sequence[int]]]) -> dict[int, frozenset[int]]:
    """Say for each stand of a hall who its neighbours are."""
    owners = {cell: stand for stand, outline in outlines.items() for cell in cells_of(outline)}
    found: dict[int, set[int]] = defaultdict(set)
    for (x, y), stand in owners.items():
        for right, forward in ((1, 0), (0, 1)):  # whoever is to the left or behind finds this one
            ahead = (owners.get((x + right * step, y + forward * step)) for step in range(1, WIDEST_AISLE + 2))
            other = next((one for one in ahead if one is not None), stand)
            if other != stand:
                found[stand].add(other)
                found[other].add(stand)
    return {stand: frozenset(found[stand]) for stand in outlines}
