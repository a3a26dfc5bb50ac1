"""Agreements: what is agreed, between whom, and who signs."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm.attributes import flag_modified

from eventapp.agreements import queries, rules
from eventapp.agreements.errors import AlreadyRecorded, PartyTwice, SeveralOfThatName, SignsTwice, StaysSigned, StillScheduled
from eventapp.agreements.models import Agreement, AgreementState, Party, Signatory
from eventapp.agreements.operations.signing import show_in_programme
from eventapp.agreements.rules import AgreementDetails, PartyDetails, Signer
from eventapp.audit.trail import record
from eventapp.core.db import db, transaction
from eventapp.core.errors import ChangedMeanwhile
from eventapp.organisations.models import Organisation, Person
from eventapp.organisations.operations import add_person, add_spelling, complete_organisation, find_or_add_organisation
from eventapp.organisations.queries import organisation, people_called, person
from eventapp.programme.operations import cancel_session
from eventapp.programme.queries import person_names


def propose_agreement(edition_id: int, details: AgreementDetails, *, is_example: bool = False, actor_id: int | None, now: datetime) -> Agreement:
    """Record an agreement with its parties and signatories; organisations and people that are known, in any spelling, are not added again."""
    details = rules.checked(details)
    with transaction():
        queries.edition_to_add_to(edition_id)
        agreement = Agreement(edition_id=edition_id, state=AgreementState.PROPOSED, is_example=is_example, created_at=now)
        _write(agreement, details, actor_id, now)
        db.session.add(agreement)
        db.session.flush()
        record("agreement.recorded", "agreement", agreement.id, actor_id=actor_id, at=now, edition_id=edition_id, **_ids(agreement))
    return agreement


def change_agreement(agreement_id: int, details: AgreementDetails, *, version: int | None, actor_id: int | None, now: datetime) -> Agreement:
    """Change an agreement; once its signing is scheduled the programme follows, with who signs and their claims. `version` is the one that the page showed."""
    details = rules.checked(details)
    with transaction():
        agreement = queries.agreement_to_change(agreement_id)
        if version is not None and agreement.version != version:
            raise ChangedMeanwhile
        queries.edition_to_add_to(agreement.edition_id)
        said = (agreement.title, agreement.subject)
        agreement.parties = []
        db.session.flush()  # the old rows' places are free before the new ones take them
        _write(agreement, details, actor_id, now)
        flag_modified(agreement, "title")  # the version counts changes of parties too
        db.session.flush()
        if agreement.state == AgreementState.SCHEDULED:
            show_in_programme(agreement, said, actor_id, now)
        record("agreement.changed", "agreement", agreement.id, actor_id=actor_id, at=now, edition_id=agreement.edition_id, **_ids(agreement))
    return agreement


def delete_agreement(agreement_id: int, *, version: int | None, actor_id: int | None, now: datetime) -> None:
    """Delete an agreement that has no time in the programme; the draft of its signing, if there is one, is cancelled."""
    with transaction():
        agreement = queries.agreement_to_change(agreement_id)
        if version is not None and agreement.version != version:
            raise ChangedMeanwhile
        if agreement.state == AgreementState.SCHEDULED:
            raise StillScheduled(title=agreement.title)
        if agreement.session_id is not None:
            cancel_session(agreement.session_id, actor_id=actor_id, now=now)
        record("agreement.deleted", "agreement", agreement.id, actor_id=actor_id, at=now, edition_id=agreement.edition_id)
        db.session.delete(agreement)


def _write(agreement: Agreement, details: AgreementDetails, actor_id: int | None, now: datetime) -> None:
    """Write the details into an agreement; refuse a party, a signatory or a whole agreement that is there twice."""
    parties = _parties(details.parties, agreement.is_example, actor_id, now)
    twin = queries.twin_of(agreement.edition_id, details.kind, details.title, {party.organisation_id for party in parties}, agreement.id)
    if twin is not None:
        raise AlreadyRecorded(title=twin.title)
    if agreement.state == AgreementState.SCHEDULED:
        for number, party in enumerate(parties):
            if not party.signatories:
                raise StaysSigned(name=_names(party.organisation), at=(number, None))
    agreement.kind, agreement.title, agreement.subject = details.kind, dict(details.title), dict(details.subject)
    agreement.folded = rules.folded(details.title, details.subject)
    agreement.parties = parties


def _parties(given: Sequence[PartyDetails], is_example: bool, actor_id: int | None, now: datetime) -> list[Party]:
    parties: list[Party] = []
    signing: dict[int, Organisation] = {}
    for number, details in enumerate(given):
        bound = _organisation(details, is_example, actor_id, now)
        if any(party.organisation_id == bound.id for party in parties):
            raise PartyTwice(name=_names(bound), at=(number, None))
        party = Party(organisation_id=bound.id, organisation=bound, position=number + 1)
        for place, signer in enumerate(details.signers):
            who = _person(signer, (number, place), is_example, actor_id, now)
            if who.id in signing:
                raise SignsTwice(name=person_names(who), party=_names(signing[who.id]), at=(number, place))
            signing[who.id] = bound
            party.signatories.append(Signatory(person_id=who.id, person=who, capacity=dict(signer.capacity), position=place + 1))
        parties.append(party)
    return parties


def _organisation(details: PartyDetails, is_example: bool, actor_id: int | None, now: datetime) -> Organisation:
    """Find or add a party's organisation; what is not known of a known one is filled in."""
    more = {"city": details.city, "name_ar": details.name_ar or None}
    if details.organisation_id is not None:
        known = organisation(details.organisation_id)
    else:
        known = find_or_add_organisation(name=details.name, country=details.country, kind=details.kind, is_example=is_example, **more, actor_id=actor_id, now=now)  # type: ignore[arg-type]
    return complete_organisation(known.id, **more, actor_id=actor_id, now=now)  # type: ignore[arg-type]


def _person(signer: Signer, at: tuple[int, int], is_example: bool, actor_id: int | None, now: datetime) -> Person:
    """Find or add who signs; a spelling of a known person that is new is kept."""
    who = _known_person(signer, at)
    if who is None:
        who = add_person(given=signer.given, family=signer.family, given_ar=signer.given_ar, family_ar=signer.family_ar, is_example=is_example, now=now)
    for script, given, family in signer.spellings:
        add_spelling(who.id, script=script, given=given, family=family, actor_id=actor_id, now=now)
    return who


def _known_person(signer: Signer, at: tuple[int, int]) -> Person | None:
    if signer.person_id is not None:
        return person(signer.person_id)
    found = [] if signer.is_new else people_called([(given, family) for _script, given, family in signer.spellings])
    if len(found) > 1:
        raise SeveralOfThatName(name=signer.name, at=at)
    return found[0] if found else None


def _names(bound: Organisation) -> rules.Texts:
    return rules.names_of(bound.name, bound.name_ar)


def _ids(agreement: Agreement) -> dict[str, list[int]]:
    """List the ids that the trail keeps: the parties' organisations and the people who sign."""
    people = [signatory.person_id for party in agreement.parties for signatory in party.signatories]
    return {"organisation_ids": [party.organisation_id for party in agreement.parties], "person_ids": people}
