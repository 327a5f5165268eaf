"""Issuing: all at once or not at all, and once."""

import shutil
import socket
import sys
import tempfile
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from yingshang.kernel import documents, ledger, work
from yingshang.kernel.errors import Refusal, Unavailable
from yingshang.kernel.testing import actor_of
from yingshang.methods.identifiers import credential_id
from yingshang.registers.credentials import operations
from yingshang.registers.credentials.models import Credential, Release
from yingshang.registers.credentials.tests.factories import ON, VALUES, at, enterprise, issue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("example_county")]


def test_a_license_is_printed_sealed_kept_for_its_holder_and_recorded(sealing, wu, zhao):
    holder = enterprise()
    one = issue(holder)
    assert credential_id.parts(one.identifier).version == one.version == 1
    assert one.valid_to == date(2031, 3, 29)  # five years, the first day counted
    assert "phone" not in one.fields  # what the kind does not declare is not printed
    assert documents.documents_of(f"credential:{one.pk}", wu) == []
    whose = replace(zhao, party=str(holder.public_id))
    assert one.document in documents.documents_of(f"credential:{one.pk}", whose)
    with documents.open_document(one.document, whose) as file:
        (seal,) = documents.check_seals(file)
    assert (seal.intact, seal.trusted, seal.whole) == (True, True, True)
    entry = ledger.Entry.objects.get(pk=one.entry)
    assert entry.kind == "credentials.issued"
    assert entry.is_strict
    assert one.document.digest.encode() in bytes(entry.content)
    assert one.identifier.encode() not in bytes(entry.content)


def test_a_retry_issues_once_and_another_matter_does_not_get_the_number(sealing):
    holder = enterprise()
    dossier = work.Dossier.objects.create(kind="cases.case", title="一件申请", opened_at=at(ON)).pk
    first = issue(holder, number="", dossier_id=dossier)
    assert first.number == f"JY{first.serial}"
    assert issue(holder, number="", dossier_id=dossier) == first
    for changes, code in (
        ({"holder": enterprise("别人"), "dossier_id": dossier, "number": ""}, "credentials.issued_already"),
        ({"holder": enterprise("另一家"), "number": first.number}, "credentials.number_taken"),
    ):
        with pytest.raises(Refusal) as refused:
            issue(**changes)
        assert refused.value.code == code
    assert Credential.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"unit": "sfj"}, "credentials.not_the_issuer"),
        ({"kind": "permit", "unit": "fgj"}, "credentials.not_released"),
        ({"kind": "small-catering", "holder": ("某局", "institution")}, "credentials.holder_does_not_fit"),
        ({"valid_to": date(2026, 3, 29)}, "credentials.dates_do_not_fit"),
        ({"valid_to": date(2031, 3, 30)}, "credentials.longer_than_allowed"),
        ({"fields": VALUES | {"address": " "}}, "credentials.field_missing"),
        ({"fields": VALUES | {"scope": "食" * 301}}, "credentials.field_too_long"),
        ({"by": ("wang_min", "scjgj")}, "credentials.not_your_post"),
        ({"by": ("wei", "sfj")}, "parties.no_post_there"),
    ],
)
def test_what_may_not_be_issued_is_refused_and_leaves_nothing(changes, code, sealing):
    recorded = ledger.Entry.objects.count()
    with pytest.raises(Refusal) as refused:
        holder = enterprise(*changes["holder"]) if "holder" in changes else None
        by = actor_of(changes["by"][0], unit=changes["by"][1]) if "by" in changes else None
        issue(holder, by=by, **{key: value for key, value in changes.items() if key not in ("holder", "by")})
    assert refused.value.code == code
    assert (Credential.objects.count(), ledger.Entry.objects.count()) == (0, recorded)


def test_without_the_signing_process_nothing_is_issued_and_the_next_try_issues_once(sealing, monkeypatch):
    """The process is gone, its address still stands, and no new one starts."""
    recorded = ledger.Entry.objects.count()
    holder = enterprise()
    with monkeypatch.context() as broken:
        broken.setattr("yingshang.kernel.documents.sealing.client.START_WITHIN", 0.1)
        broken.setattr(sys, "executable", "/bin/false")
        address = sealing / "address"
        stood = address.read_text() if address.exists() else None
        address.write_text("/nowhere/s")
        with pytest.raises(Unavailable, match="签章服务"):
            issue(holder)
        address.unlink()
        if stood:
            address.write_text(stood)
    assert (Credential.objects.count(), ledger.Entry.objects.count()) == (0, recorded)
    assert issue(holder) == issue(holder)
    assert Credential.objects.get().serial.endswith("0000001")  # the number was given back


def test_a_signing_process_killed_in_the_middle_leaves_nothing(sealing):
    """It took the request, and the line went dead before it answered."""
    issue(number="JY1")  # it runs
    recorded, stood = ledger.Entry.objects.count(), (sealing / "address").read_text()
    folder = Path(tempfile.mkdtemp(prefix="ys"))
    with socket.socket(socket.AF_UNIX) as dying:
        dying.bind(str(folder / "s"))
        dying.listen()
        (sealing / "address").write_text(str(folder / "s"))

        def die():
            channel, _ = dying.accept()
            channel.recv(1000)
            channel.close()

        death = threading.Thread(target=die)
        death.start()
        with pytest.raises(Unavailable, match="签章服务"):
            issue(number="JY2")
        death.join()
    shutil.rmtree(folder)
    (sealing / "address").write_text(stood)
    assert (Credential.objects.count(), ledger.Entry.objects.count()) == (1, recorded)
    issue(number="JY2")
    assert Credential.objects.count() == 2


def test_a_template_is_used_once_two_people_released_it(sealing, sun):
    Release.objects.all().delete()
    with pytest.raises(Refusal) as refused:
        issue()
    assert refused.value.code == "credentials.not_released"
    proposal = operations.propose_template(kind="food-business", unit="scjgj", by=sun, at=at(ON))
    both = replace(sun, actions=sun.actions | {"credentials.release_template"})
    with pytest.raises(Refusal) as refused:
        operations.release_template(release_id=proposal.pk, by=both, at=at(ON))
    assert refused.value.code == "credentials.second_person_needed"
    wei = actor_of("wei", unit="scjgj")
    operations.release_template(release_id=proposal.pk, by=wei, at=at(ON))
    assert issue().state == Credential.State.IN_FORCE
    with pytest.raises(Refusal) as refused:
        operations.release_template(release_id=proposal.pk, by=wei, at=at(ON))
    assert refused.value.code == "credentials.released_already"
    with pytest.raises(Refusal) as refused:
        operations.propose_template(kind="food-business", unit="scjgj", by=sun, at=at(ON))
    assert refused.value.code == "credentials.proposed_already"
