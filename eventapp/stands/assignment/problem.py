"""What is asked of the solver, and how a placing is judged; on plain values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

PLACED_POINTS = 100  # so that seniority decides who is left out where somebody has to be
WISH_POINTS = (100, 60, 40)  # the first, second and third wish
AREA_POINTS = 100  # for exactly the area asked for; one point less for each percent that it is off
SIDES_POINTS = 30  # for at least as many open sides as asked for
NEIGHBOUR_POINTS = 10  # for each two of one sector that are neighbours
PLAIN_STANDING = 20  # what everybody's points count; each earlier edition adds the weight of seniority to it
MOST_EDITIONS = 5  # more earlier editions than these count no more


@dataclass(frozen=True)
class Place:
    """A stand; `beside` are the stands that touch it, or face it across an aisle."""

    id: int
    area: Decimal
    kind: str = "equipped"
    open_sides: int = 1
    beside: frozenset[int] = frozenset()
    blocked: bool = False
    taken_by: int | None = None  # who has it already, or asked for it alone
    sector: str = ""  # of who has it

    @property
    def is_free(self) -> bool:
        """Say whether somebody can get it."""
        return not self.blocked and self.taken_by is None


@dataclass(frozen=True)
class Seeker:
    """An exhibitor that wants a stand."""

    id: int
    kind: str = "equipped"
    area: Decimal | None = None
    open_sides: int | None = None
    sector: str = ""
    wishes: tuple[int, ...] = ()  # stands, the first wish first
    editions: int = 0  # at how many earlier editions it exhibited
    turn: int = 0  # who applied earlier has the smaller number
    locked: int | None = None  # the stand that the organiser chose for it

    def rank(self, place_id: int | None) -> int | None:
        """Say which of the wishes a stand is: 1 for the first; None when it is none of them."""
        return self.wishes.index(place_id) + 1 if place_id in self.wishes else None


@dataclass(frozen=True)
class Weights:
    """How much each thing counts: 0 not at all, 1 a little, 2 normally, 4 a lot; and how far a stand's area may be off, in percent (None: anything goes)."""

    wishes: int = 2
    area: int = 2
    seniority: int = 2
    neighbours: int = 1
    tolerance: int | None = 25


@dataclass(frozen=True)
class Problem:
    """Who wants a stand, which there are, who is kept apart from whom (each pair with the smaller id first), and what counts."""

    seekers: tuple[Seeker, ...]
    places: tuple[Place, ...]
    apart: tuple[tuple[int, int], ...] = ()
    weights: Weights = Weights()

    @cached_property
    def seeker(self) -> dict[int, Seeker]:
        """Find who seeks by id."""
        return {one.id: one for one in self.seekers}

    @cached_property
    def place(self) -> dict[int, Place]:
        """Find a stand by id."""
        return {one.id: one for one in self.places}

    @cached_property
    def options(self) -> dict[int, tuple[int, ...]]:
        """List the free stands that fit each, by id; who has the most standing comes first."""
        free = [place for place in self.places if place.is_free]
        in_turn = sorted(self.seekers, key=lambda one: (-self.standing[one.id], one.id))
        return {one.id: tuple(sorted(place.id for place in free if self.fits(one, place))) for one in in_turn}

    @cached_property
    def standing(self) -> dict[int, int]:
        """Weigh everybody's points: by earlier editions, then by the order in which they applied, which adds at most a twentieth."""
        count = len(self.seekers)
        turns = {one.id: number for number, one in enumerate(sorted(self.seekers, key=lambda one: (one.turn, one.id)))}
        plain = {one.id: PLAIN_STANDING + self.weights.seniority * min(one.editions, MOST_EDITIONS) for one in self.seekers}
        return {one.id: count * plain[one.id] + count - 1 - turns[one.id] for one in self.seekers}

    @property
    def neighbour_worth(self) -> int:
        """Weigh two neighbours of one sector, in the scale of the rest."""
        return self.weights.neighbours * NEIGHBOUR_POINTS * PLAIN_STANDING * len(self.seekers)

    def fits(self, seeker: Seeker, place: Place) -> bool:
        """Say whether a stand will do: it is the one locked, or one that they named themselves, or of the kind and about the area that they asked for."""
        if seeker.locked is not None:
            return place.id == seeker.locked
        if place.id in seeker.wishes:
            return True
        if place.kind != seeker.kind:
            return False
        tolerance = self.weights.tolerance
        return seeker.area is None or tolerance is None or abs(place.area - seeker.area) * 100 <= tolerance * seeker.area

    def worth(self, seeker_id: int, place_id: int) -> int:
        """Weigh that somebody gets a stand: what it is to them, times their standing."""
        seeker, place = self.seeker[seeker_id], self.place[place_id]
        rank = seeker.rank(place_id)
        wish = WISH_POINTS[rank - 1] if rank is not None and rank <= len(WISH_POINTS) else 0
        near = max(0, AREA_POINTS - int(abs(place.area - seeker.area) * 100 / seeker.area)) if seeker.area else 0
        sides = SIDES_POINTS if seeker.open_sides and place.open_sides >= seeker.open_sides else 0
        return (PLACED_POINTS + self.weights.wishes * wish + self.weights.area * (near + sides)) * self.standing[seeker_id]

    def sectors(self, placed: Mapping[int, int]) -> dict[int, str]:
        """Say of which sector who has each stand is, once some got one."""
        there = {place.id: place.sector for place in self.places if place.taken_by is not None and place.sector}
        return there | {place_id: self.seeker[seeker_id].sector for seeker_id, place_id in placed.items() if self.seeker[seeker_id].sector}

    def pairs_of_places(self) -> Iterator[tuple[int, int]]:
        """Yield every two stands that are neighbours, once."""
        return ((place.id, other) for place in self.places for other in sorted(place.beside) if place.id < other and other in self.place)

    def points(self, placed: Mapping[int, int]) -> int:
        """Judge a placing (exhibitor to stand) as a whole."""
        sectors, new = self.sectors(placed), set(placed.values())
        together = [pair for pair in self.pairs_of_places() if new & set(pair) and sectors.get(pair[0], "-") == sectors.get(pair[1], "+")]
        return sum(self.worth(*one) for one in placed.items()) + self.neighbour_worth * len(together)

    def too_near(self, seeker_id: int, place_id: int, placed: Mapping[int, int]) -> int | None:
        """Name somebody kept apart from an exhibitor who is a neighbour of a stand; None when there is nobody."""
        beside = self.place[place_id].beside
        theirs = {placed[other] for other in placed if other != seeker_id} & beside
        near = {other for other, place in placed.items() if place in theirs} | {self.place[one].taken_by for one in beside if one in self.place}
        rivals = [one if other == seeker_id else other for one, other in self.apart if seeker_id in {one, other}]
        return next((rival for rival in sorted(rivals) if rival in near), None)
