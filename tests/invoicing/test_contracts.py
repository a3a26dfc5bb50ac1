"""Contracts: sent version by version, accepted by a click with evidence, kept as they were."""

import hashlib
import io
import re
from functools import partial
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError
from werkzeug.test import TestResponse

from eventapp.accounts.models import Role, User
from eventapp.core.db import db, transaction
from eventapp.core.errors import ChangedMeanwhile
from eventapp.doctor import examine
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import Exhibitor, ExhibitorMember
from eventapp.exhibitors.operations import withdraw, write_conditions
from eventapp.exhibitors.queries import accepted_conditions
from eventapp.invoicing import queries, tasks
from eventapp.invoicing.errors import ContractAcceptedAlready, ContractIsCurrent, ContractOutdated, NoStandToInvoice, NotAccepted, NothingToSend
from eventapp.invoicing.models import Contract, ContractAcceptance, ContractEvidence, SignedCopy
from eventapp.invoicing.operations import Origin, accept_contract, contracts, send_all_contracts, send_contract
from eventapp.jobs.models import Job
from eventapp.mail.models import OutgoingMail
from eventapp.pricing.operations import change_price
from eventapp.pricing.queries import price_list
from eventapp.stands.operations import free_stand, move_exhibitor
from eventapp.stands.queries import stands_of
from tests.support.browsing import csrf_of, send, sign_in_as
from tests.support.cast import EIGHT, grant, make_user, same
from tests.support.exhibiting import make_exhibitor, make_stand
from tests.support.files import pdf, picture
from tests.support.invoicing import on_stand, sells
from tests.support.pricing import EQUIPPED, plan
from tests.support.racing import at_once, claim_without_looking, tally, without_keys, without_locks
from tests.support.statements import statements

FACTS: dict[str, Any] = {"actor_id": None, "now": EIGHT}
ORIGIN = Origin("192.0.2.7", "Browser")
RULE = "a contract is the file that was drawn up, and that file was accepted"
RACERS = 8


@pytest.fixture(autouse=True)
def the_show_is_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is eight o'clock on the first day."""
    monkeypatch.setattr("eventapp.core.clock.show_now", lambda: EIGHT)


@pytest.fixture
def atlas(sistep: Edition, stranger: User) -> Exhibitor:
    """An exhibitor on a stand of 60,600.00 with tax, of an edition that sells under conditions."""
    sells(sistep)
    write_conditions(sistep.id, same("Pay in time."), **FACTS)
    return on_stand(sistep, "Atlas", stranger, "B12")


def accepts(contract: Contract, actor: User, **more: Any) -> ContractAcceptance:
    given = {"seen": contract.sha256, "language": "en", "origin": ORIGIN, "actor_id": actor.id, "now": EIGHT, **more}
    return accept_contract(contract.exhibitor_id, contract.id, **given)


def state(exhibitor: Exhibitor) -> str:
    return queries.contract_state(exhibitor).value


def stand_of(exhibitor: Exhibitor) -> int:
    return stands_of([exhibitor.id])[exhibitor.id][0].id


def breaches() -> list[str]:
    db.session.rollback()
    return [line for found in examine().values() for line in found]


def words(page: TestResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).replace("\xa0", " ").split())


def test_a_contract_keeps_its_own_copy_and_is_accepted_once_with_evidence(atlas: Exhibitor, stranger: User) -> None:
    assert state(atlas) == "none"
    contract = send_contract(atlas.id, **FACTS)
    assert (contract.label, str(contract.total), contract.party["name"], contract.seller["ice"], contract.show["name"]["en"]) == (
        f"{atlas.reference}/1",
        "60600.00",
        "Atlas",
        "001561191000066",
        "SISTEP-2018",
    )
    assert contract.agreed["stands"] == [{"number": "B12", "hall": same("Hall B"), "area_m2": "18.00", "open_sides": 2, "kind": "equipped"}]
    document = queries.document_of(contract)
    assert (document[:5], hashlib.sha256(document).hexdigest(), state(atlas)) == (b"%PDF-", contract.sha256, "sent")
    with pytest.raises(ContractIsCurrent):
        send_contract(atlas.id, **FACTS)
    with pytest.raises(ChangedMeanwhile):
        accepts(contract, stranger, seen="0" * 64)
    acceptance = accepts(contract, stranger)
    assert (acceptance.way, acceptance.by_user_id, acceptance.at, acceptance.sha256, acceptance.language) == ("click", stranger.id, EIGHT, contract.sha256, "en")
    evidence = db.session.scalars(select(ContractEvidence)).one()
    assert (evidence.contract_id, evidence.address, evidence.browser, state(atlas)) == (contract.id, "192.0.2.7", "Browser", "accepted")
    accepted = accepted_conditions(atlas.id)
    assert accepted is not None
    assert (accepted[1].number, accepted[0].by_user_id) == (1, stranger.id)
    with pytest.raises(ContractAcceptedAlready):
        accepts(contract, stranger)
    mails = db.session.scalars(select(OutgoingMail).where(OutgoingMail.template.startswith("invoicing/contract")).order_by(OutgoingMail.id)).all()
    assert [(mail.template, mail.to, [one.filename for one in mail.attachments]) for mail in mails] == [
        (template, "stranger@show.example", [f"contract-{atlas.reference}-1.pdf"]) for template in ("invoicing/contract", "invoicing/contract_accepted")
    ]
    with pytest.raises(DBAPIError, match="append-only"), db.engine.begin() as connection:
        connection.execute(update(Contract).values(total=1))
    assert breaches() == []


def test_a_change_of_stand_or_price_asks_for_a_new_version_and_keeps_the_old(atlas: Exhibitor, sistep: Edition, stranger: User) -> None:
    first = send_contract(atlas.id, **FACTS)
    item = next(item for item in price_list(sistep.id).items if item.code == "EQUIPPED")
    change_price(sistep.id, item.id, plan({**EQUIPPED, "amount": EQUIPPED["amount"] * 2}), **FACTS)  # type: ignore[operator]
    assert state(atlas) == "outdated"
    with pytest.raises(ContractOutdated):
        accepts(first, stranger)
    second = send_contract(atlas.id, **FACTS)
    accepts(second, stranger)
    move_exhibitor(atlas.id, stand_of(atlas), make_stand(sistep, "B13").id, **FACTS)
    assert state(atlas) == "outdated"
    third = send_contract(atlas.id, **FACTS)
    assert [(one.contract.number, one.acceptance is not None) for one in queries.versions_of(atlas.id)] == [(3, False), (2, True), (1, False)]
    with pytest.raises(ContractOutdated):
        accepts(first, stranger)
    accepts(third, stranger)
    assert (state(atlas), third.agreed["stands"][0]["number"], queries.document_of(first) == queries.document_of(third)) == ("accepted", "B13", False)
    withdraw(atlas.id, **FACTS)
    assert breaches() == []


def test_only_an_accepted_exhibitor_with_a_stand_gets_a_contract(atlas: Exhibitor, sistep: Edition, stranger: User) -> None:
    waiting = make_exhibitor(sistep, "Rif", stranger, state="submitted")
    with pytest.raises(NotAccepted):
        send_contract(waiting.id, **FACTS)
    contract = send_contract(atlas.id, **FACTS)
    free_stand(stand_of(atlas), **FACTS)
    with pytest.raises(NoStandToInvoice):
        send_contract(atlas.id, **FACTS)
    with pytest.raises(ContractOutdated):
        accepts(contract, stranger)


def test_everybody_who_waits_for_a_contract_gets_it_from_the_worker(atlas: Exhibitor, sistep: Edition, stranger: User) -> None:
    rif = on_stand(sistep, "Rif", stranger, "B13")
    send_contract(rif.id, **FACTS)
    without = make_exhibitor(sistep, "Souss", stranger)
    assert send_all_contracts(sistep.id, **FACTS) == 1
    jobs = [job.arguments for job in db.session.scalars(select(Job).where(Job.task == "invoicing.send_contract"))]
    assert jobs == [[atlas.id, None]]
    for arguments in (*jobs, *jobs, [without.id, None]):
        tasks.send_contract(*arguments)
    assert [(one.exhibitor_id, one.number) for one in db.session.scalars(select(Contract).order_by(Contract.id))] == [(rif.id, 1), (atlas.id, 1)]
    with pytest.raises(NothingToSend):
        send_all_contracts(sistep.id, **FACTS)


def test_the_owner_reads_and_accepts_on_the_page_and_a_member_is_told_who_does(client: FlaskClient, atlas: Exhibitor, sistep: Edition, stranger: User) -> None:
    own = f"/exhibitor/sistep-2018/{atlas.id}/contract"
    assert "No contract yet" in words(sign_in_as(client, stranger).get(own))
    contract = send_contract(atlas.id, **FACTS)
    shown = words(client.get(own))
    assert [one in shown for one in ("Pay in time.", "MAD 60,600.00", contract.sha256, "B12")] == [True] * 4
    unticked = send(client, own, seen=contract.sha256)
    assert (unticked.status_code, "Tick the box to accept the contract." in words(unticked)) == (422, True)
    assert send(client, own, seen=contract.sha256, accepted="y").location == own
    evidence = db.session.scalars(select(ContractEvidence)).one()
    assert (evidence.address, "You have accepted this contract." in words(client.get(own))) == ("127.0.0.1", True)
    assert client.get(f"{own}/{contract.id}/contract.pdf").data == queries.document_of(contract)
    home = words(client.get(f"/exhibitor/sistep-2018/{atlas.id}/"))
    assert "Contract accepted" in home
    rif_owner = make_user("rif@show.example", "Rif")
    rif = on_stand(sistep, "Rif", rif_owner, "B13")
    member = make_user("member@show.example", "Mina")
    with transaction():
        db.session.add(ExhibitorMember(exhibitor_id=rif.id, user_id=member.id, role="member", since=EIGHT))
    theirs = send_contract(rif.id, **FACTS)
    assert client.get(f"{own}/{theirs.id}/contract.pdf").status_code == 404
    other = f"/exhibitor/sistep-2018/{rif.id}/contract"
    page = sign_in_as(client, member).get(other)
    assert ("The owner of the application, Rif, accepts it." in words(page), state(rif)) == (True, "sent")
    assert (send(client, other, seen=theirs.sha256, accepted="y").status_code, state(rif)) == (403, "sent")


def test_the_organiser_sees_where_contracts_stand_and_sends_one(client: FlaskClient, atlas: Exhibitor, sistep: Edition, stranger: User) -> None:
    desk = sign_in_as(client, grant(make_user("farid@show.example", "Farid"), sistep, Role.FINANCE))
    listing, page = "/organiser/sistep-2018/invoices/contracts", f"/organiser/sistep-2018/invoices/exhibitors/{atlas.id}/contract"
    assert ["Send 1 contract" in words(desk.get(listing)), "MAD 60,600.00" in words(desk.get(page))] == [True, True]
    stale = send(desk, page, seen="0" * 64)
    assert (stale.status_code, "Somebody changed this while you had the page open." in words(stale), state(atlas)) == (422, True, "none")
    assert send(desk, page, seen=queries.agreement_with(atlas).mark).location == page
    accepts(queries.versions_of(atlas.id)[0].contract, stranger)
    shown = words(desk.get(page))
    assert [one in shown for one in ("Contracted", "by a click", "192.0.2.7", "The last version says just this.")] == [True] * 4
    assert ["Atlas" in words(desk.get(f"{listing}?state={one}")).partition("Exhibitors")[2] for one in ("accepted", "outdated")] == [True, False]
    counted = []
    for name, number in (("", ""), ("Rif", "B13"), ("Souss", "B14")):
        if name:
            send_contract(on_stand(sistep, name, stranger, number).id, **FACTS)
        with statements() as sent:
            desk.get(listing)
        counted.append(len(sent))
    assert counted[0] == counted[2]


def test_a_signed_copy_counts_as_the_click_does_once_and_is_kept(client: FlaskClient, atlas: Exhibitor, sistep: Edition, stranger: User) -> None:
    desk = sign_in_as(client, grant(make_user("farid@show.example", "Farid"), sistep, Role.FINANCE))
    contract, content = send_contract(atlas.id, **FACTS), pdf()
    page = f"/organiser/sistep-2018/invoices/contracts/{contract.id}/signed"
    token = csrf_of(desk.get(page))

    def sends(name: str, sent: bytes) -> TestResponse:
        return desk.post(page, data={"csrf_token": token, "signed": (io.BytesIO(sent), name)})

    assert [sends(*one).status_code for one in (("none.pdf", b""), ("program.pdf", b"MZ" + content), ("picture.pdf", picture()))] == [422] * 3
    assert (state(atlas), sends("../Signé.pdf", content).status_code, state(atlas)) == ("sent", 302, "accepted")
    acceptance = queries.acceptance_of(contract.id)
    assert acceptance is not None
    assert (acceptance.way, acceptance.language, db.session.scalars(select(ContractEvidence)).all()) == ("signed_copy", "en", [])
    again = sends("again.pdf", content)
    assert (again.status_code, "is accepted already." in words(again)) == (422, True)
    with pytest.raises(ContractAcceptedAlready):
        accepts(contract, stranger)
    given = desk.get(f"{page}.pdf")
    assert (given.data, given.headers["Content-Disposition"].startswith("attachment")) == (content, True)
    assert "by a signed copy" in words(desk.get(f"/organiser/sistep-2018/invoices/exhibitors/{atlas.id}/contract"))
    own = f"/exhibitor/sistep-2018/{atlas.id}/contract/{contract.id}/signed.pdf"
    assert sign_in_as(client, stranger).get(own).data == content
    assert breaches() == []
    with transaction():
        db.session.query(SignedCopy).delete()
    assert examine()[RULE] == [f"contract {contract.id}: it was accepted signed_copy, and the signed copy says otherwise"]


@pytest.fixture
def sent(atlas: Exhibitor, stranger: User) -> partial[ContractAcceptance]:
    """One contract, and the click that accepts it."""
    contract = send_contract(atlas.id, **FACTS)
    given: dict[str, Any] = {"seen": contract.sha256, "language": "en", "origin": ORIGIN, "actor_id": stranger.id, "now": EIGHT}
    return partial(accept_contract, atlas.id, contract.id, **given)


def test_of_many_clicks_at_once_one_accepts(app: Flask, sent: partial[ContractAcceptance]) -> None:
    assert tally(at_once(app, [sent] * RACERS)) == {"won": 1, "ContractAcceptedAlready": RACERS - 1}
    assert breaches() == []


def test_without_lock_and_key_more_than_one_would(app: Flask, sent: partial[ContractAcceptance], monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch, queries, "acceptance_of", RACERS)
    claim_without_looking(monkeypatch, contracts, "contract_acceptances")
    without_keys("contract_acceptances")
    without_keys("contract_evidence")
    at_once(app, [sent] * RACERS)
    assert len(db.session.scalars(select(ContractAcceptance.contract_id)).all()) > 1


def test_a_file_that_is_not_the_one_of_its_hash_is_told(atlas: Exhibitor, sistep: Edition, stranger: User) -> None:
    contract = send_contract(atlas.id, **FACTS)
    copied = {name: getattr(contract, name) for name in Contract.__table__.columns.keys() if name not in {"id", "number", "document"}}  # noqa: SIM118 - columns, not a dict
    with transaction():
        forged = Contract(**copied, number=2, document=b"%PDF-another")
        db.session.add(forged)
        db.session.flush()
        db.session.add(ContractAcceptance(contract_id=contract.id, edition_id=sistep.id, way="click", at=EIGHT, by_user_id=stranger.id, sha256="0" * 64, language="en"))
        number = forged.id
    db.session.rollback()
    assert examine()[RULE] == [f"contract {number}: its file is not the one that was drawn up", f"contract {contract.id}: another file was accepted"]
