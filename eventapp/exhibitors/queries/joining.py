"""Who acts for an organisation, who answers for it, and who asks to."""

from dataclasses import dataclass

from sqlalchemy import Select, exists, or_, select

from eventapp.accounts.models import User
from eventapp.core.db import db
from eventapp.core.errors import NotThere
from eventapp.exhibitors.models import ApplicationState, Exhibitor, ExhibitorMember, JoinRequest, JoinState
from eventapp.exhibitors.queries import awaits_confirmation, living_application
from eventapp.organisations.models import Organisation
from eventapp.organisations.queries import likely_the_same, organisation_called, organisation_with_ice


def owner_for(edition_id: int, organisation_id: int) -> User | None:
    """Load who answers for an organisation: the owner of its application in the edition, else of its latest one; None where nobody can sign in as that."""
    living = living_application(edition_id, organisation_id)
    query = select(User).join(ExhibitorMember, ExhibitorMember.user_id == User.id).join(Exhibitor, Exhibitor.id == ExhibitorMember.exhibitor_id)
    query = query.where(ExhibitorMember.role == "owner", Exhibitor.state != ApplicationState.DRAFT, ~awaits_confirmation())
    query = query.where(Exhibitor.id == living.id) if living else query.where(Exhibitor.organisation_id == organisation_id)
    owner = db.session.scalar(query.order_by(Exhibitor.id.desc()).limit(1))
    return owner if owner is not None and owner.disabled_at is None and owner.confirmed_at is not None else None


def acts_for(user_id: int | None, organisation_id: int) -> bool:
    """Say whether somebody is of the team of one of an organisation's exhibitors in any edition, or was let in on their request."""
    if user_id is None:
        return False
    member = select(ExhibitorMember.user_id).join(Exhibitor, Exhibitor.id == ExhibitorMember.exhibitor_id)
    of_team = member.where(ExhibitorMember.user_id == user_id, Exhibitor.organisation_id == organisation_id, ~awaits_confirmation())
    let_in = select(JoinRequest.id).where(JoinRequest.user_id == user_id, JoinRequest.organisation_id == organisation_id, JoinRequest.state == JoinState.ACCEPTED)
    return bool(db.session.scalar(select(or_(of_team.exists(), let_in.exists()))))


def has_people(organisation_id: int) -> bool:
    """Say whether anybody acts for an organisation."""
    member = select(ExhibitorMember.user_id).join(Exhibitor, Exhibitor.id == ExhibitorMember.exhibitor_id)
    return bool(db.session.scalar(select(member.where(Exhibitor.organisation_id == organisation_id).exists())))


@dataclass(frozen=True)
class Found:
    """An organisation as anybody may find it: no more than its name and where it is. `only_join`: it has the ICE that was typed, and people who act for it."""

    id: int
    name: str
    name_ar: str
    city: str
    country: str
    only_join: bool = False

    @classmethod
    def of(cls, one: Organisation, *, only_join: bool = False) -> "Found":
        """Show of an organisation what anybody may see."""
        return cls(one.id, one.name, one.name_ar or "", one.city, one.country, only_join)


def alike(names: tuple[str, str], country: str, ice: str, user_id: int | None) -> list[Found]:
    """List the organisations that somebody who typed this may mean; with the same ICE it is that one. Those that they act for are theirs to use, and left out."""
    same = organisation_with_ice(ice) if ice else None
    if same is not None:
        return [] if acts_for(user_id, same.id) or not has_people(same.id) else [Found.of(same, only_join=True)]
    called = organisation_called(names[0], country, ice or None)
    likely = [Found(one.id, one.name, one.name_ar, one.city, one.country) for one in likely_the_same(names, country, ice)]
    found = {one.id: one for one in (*([Found.of(called)] if called else []), *likely)}
    return [one for one in found.values() if not acts_for(user_id, one.id)]


def request_of(user_id: int, edition_id: int, organisation_id: int) -> JoinRequest | None:
    """Load somebody's latest request for an organisation in an edition."""
    query = select(JoinRequest).where(JoinRequest.user_id == user_id, JoinRequest.edition_id == edition_id, JoinRequest.organisation_id == organisation_id)
    return db.session.scalar(query.order_by(JoinRequest.id.desc()).limit(1))


def request_to_change(request_id: int) -> JoinRequest:
    """Load a request as it is now, locked until the operation ends."""
    return db.session.scalars(select(JoinRequest).where(JoinRequest.id == request_id).with_for_update().execution_options(populate_existing=True)).one()


def request_of_edition(edition_id: int, request_id: int) -> JoinRequest:
    """Load a request of an edition, for its organisers."""
    found = db.session.scalar(select(JoinRequest).where(JoinRequest.id == request_id, JoinRequest.edition_id == edition_id))
    if found is None:
        raise NotThere
    return found


def request_to_owner(user_id: int, edition_id: int, request_id: int) -> JoinRequest:
    """Load a request for who answers for the organisation now; to anybody else there is none."""
    found = request_of_edition(edition_id, request_id)
    owner = owner_for(edition_id, found.organisation_id)
    if owner is None or owner.id != user_id:
        raise NotThere
    return found


@dataclass(frozen=True)
class Asked:
    """A request with who asks and for which organisation."""

    request: JoinRequest
    user: User
    organisation: Organisation


def _asked() -> Select[JoinRequest, User, Organisation]:
    return select(JoinRequest, User, Organisation).join(User, User.id == JoinRequest.user_id).join(Organisation, Organisation.id == JoinRequest.organisation_id)


def asked(request: JoinRequest) -> Asked:
    """Load who asks, and for which organisation."""
    return Asked(*db.session.execute(_asked().where(JoinRequest.id == request.id)).one())


def open_requests(edition_id: int, organisation_id: int | None = None) -> list[Asked]:
    """List the requests of an edition, or to one organisation in it, that nobody answered, the oldest first."""
    query = _asked().where(JoinRequest.edition_id == edition_id, JoinRequest.state == JoinState.OPEN)
    query = query if organisation_id is None else query.where(JoinRequest.organisation_id == organisation_id)
    return [Asked(*row) for row in db.session.execute(query.order_by(JoinRequest.id))]


def last_exhibitor(user_id: int, edition_id: int, organisation_id: int) -> Exhibitor | None:
    """Load the latest participation of an organisation in another edition, for somebody who acts for it; for anybody else there is none."""
    if not acts_for(user_id, organisation_id):
        return None
    query = select(Exhibitor).where(Exhibitor.organisation_id == organisation_id, Exhibitor.edition_id != edition_id, Exhibitor.state != ApplicationState.DRAFT)
    return db.session.scalar(query.order_by(Exhibitor.id.desc()).limit(1))


def returning(user_id: int, edition_id: int) -> list[Organisation]:
    """List the organisations that somebody acts for and that have no application in an edition yet."""
    mine = select(Exhibitor.organisation_id).join(ExhibitorMember, ExhibitorMember.exhibitor_id == Exhibitor.id).where(ExhibitorMember.user_id == user_id)
    let_in = select(JoinRequest.organisation_id).where(JoinRequest.user_id == user_id, JoinRequest.state == JoinState.ACCEPTED)
    ended = (ApplicationState.REFUSED, ApplicationState.WITHDRAWN)
    there = exists().where(Exhibitor.organisation_id == Organisation.id, Exhibitor.edition_id == edition_id, Exhibitor.state.not_in(ended))
    query = select(Organisation).where(or_(Organisation.id.in_(mine), Organisation.id.in_(let_in)), ~there)
    return list(db.session.scalars(query.order_by(Organisation.folded).limit(20)))


def wrong_requests() -> list[str]:
    """List requests to join that are answered at no time, and open ones to an organisation that their asker acts for: breaches."""
    undated = db.session.scalars(select(JoinRequest.id).where((JoinRequest.state == JoinState.OPEN) != JoinRequest.answered_at.is_(None)).order_by(JoinRequest.id))
    twice = select(JoinRequest.user_id, JoinRequest.organisation_id, JoinRequest.edition_id).where(JoinRequest.state == JoinState.OPEN)
    seen: set[tuple[int, int, int]] = set()
    doubled = []
    for row in db.session.execute(twice.order_by(JoinRequest.id)):
        key = (row[0], row[1], row[2])
        doubled += [f"user {key[0]} asks twice to join organisation {key[1]} in edition {key[2]}"] if key in seen else []
        seen.add(key)
    return [*(f"request {number} to join is answered at no time, or open and answered" for number in undated), *doubled]
