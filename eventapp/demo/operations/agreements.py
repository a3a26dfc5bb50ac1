"""The memorandum of 2018 as it was, and two example agreements; their signings are sessions of the example programme."""

from collections.abc import Sequence
from datetime import datetime
from random import Random

from eventapp.agreements.models import Agreement, AgreementKind
from eventapp.agreements.operations import propose_agreement, schedule_signing
from eventapp.agreements.rules import AgreementDetails, PartyDetails, Signer
from eventapp.demo.operations.programme import Programme, words
from eventapp.demo.rules import agreements as facts
from eventapp.demo.rules.companies import Company
from eventapp.demo.rules.names import name
from eventapp.demo.rules.programme import Talk, talks
from eventapp.organisations.operations import add_spelling

MEMORANDUM = "memorandum"


def add_agreements(rng: Random, programme: Programme, firms: Sequence[Company], actor_id: int, now: datetime) -> None:
    """Record the agreements and schedule their signings."""
    signings = {talk.key: talk for talk in talks() if talk.kind == "signing"}
    bound = (_real(facts.FIMME, facts.SOUIRI), _real(facts.ARTS_ET_METIERS, facts.CHAMPANEY))
    real = AgreementDetails(AgreementKind.MEMORANDUM, facts.MEMORANDUM_TITLE, facts.MEMORANDUM_SUBJECT, bound)
    memorandum = _sign(programme, real, signings[MEMORANDUM], actor_id, now)
    _keep_spellings(memorandum, actor_id, now)
    at_home = [firm for firm in firms if firm.country == "MA"]
    for number, example in enumerate(facts.EXAMPLES):
        parties = (_example(rng, at_home[number]), _school(rng) if example.key == "example-school" else _example(rng, at_home[-1]))
        _sign(programme, AgreementDetails(AgreementKind(example.kind), example.title, example.subject, parties), signings[example.key], actor_id, now)


def _sign(programme: Programme, details: AgreementDetails, talk: Talk, actor_id: int, now: datetime) -> Agreement:
    agreement = propose_agreement(programme.edition.id, details, is_example=talk.is_example, actor_id=actor_id, now=now)
    return schedule_signing(agreement.id, programme.placement(talk), words=words(talk), slug=talk.key, actor_id=actor_id, now=now)


def _real(institution: facts.Institution, signer: facts.Signer) -> PartyDetails:
    (_latn, given, family), (_arab, given_ar, family_ar) = signer.spellings[:2]
    who = Signer(given, family, given_ar, family_ar, signer.capacity)
    return PartyDetails(institution.name, institution.name_ar, institution.kind, institution.country, institution.city, signers=(who,))


def _keep_spellings(memorandum: Agreement, actor_id: int, now: datetime) -> None:
    """Keep every spelling under which the signatories of the memorandum are known."""
    for party, signer in zip(memorandum.parties, (facts.SOUIRI, facts.CHAMPANEY), strict=True):
        for script, given, family in signer.spellings:
            add_spelling(party.signatories[0].person_id, script=script, given=given, family=family, actor_id=actor_id, now=now)


def _example(rng: Random, firm: Company) -> PartyDetails:
    return PartyDetails(firm.name, firm.name_ar, "company", firm.country, firm.city, signers=(_somebody(rng),))


def _school(rng: Random) -> PartyDetails:
    name_fr, name_ar, city = facts.EXAMPLE_SCHOOL
    return PartyDetails(name_fr, name_ar, "school", "MA", city, signers=(_somebody(rng),))


def _somebody(rng: Random) -> Signer:
    who = name(rng)
    return Signer(who.given, who.family, who.given_ar, who.family_ar, facts.GIVEN_CAPACITY, is_new=True)
