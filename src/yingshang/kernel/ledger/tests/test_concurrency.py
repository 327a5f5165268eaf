"""Many writers, several sequencers, and a killed one: the numbers stay dense and nobody waits in a circle."""

import os
from threading import Barrier

import psycopg
import pytest
from django.contrib.auth.models import Group, Permission
from django.db import OperationalError, connection, transaction

from yingshang.kernel import ledger
from yingshang.kernel.ledger.models import Entry, Leaf, Waiting
from yingshang.kernel.ledger.tree import head
from yingshang.kernel.testing import at_once

DRAW = "made_up.drawn"
PATIENCE = 20

pytestmark = pytest.mark.usefixtures("committed_db")


def succeeded(results):
    for result in results:
        if isinstance(result, Exception):
            raise result
    return results


def test_writers_and_sequencers_at_once_leave_a_dense_sound_ledger(note_down):
    def write():
        for turn in range(30):
            note_down(DRAW if turn % 3 == 0 else "made_up.looked_at", what=f"{turn}")

    def number():
        return sum(ledger.sequence(7) for _ in range(20))

    before = Entry.objects.count()
    succeeded(at_once(write, write, number, write, number, write))
    while ledger.sequence(50):
        pass
    assert Entry.objects.count() == Leaf.objects.count() == head().size == before + 120
    assert not Waiting.objects.exists()
    assert ledger.checkpoint().size == head().size
    assert ledger.verify().is_sound


def test_what_is_rolled_back_leaves_no_hole(note_down):
    def give_up():
        with transaction.atomic():
            note_down(DRAW)
            note_down()
            transaction.set_rollback(True)

    before = head().size
    succeeded(at_once(give_up, lambda: note_down(DRAW), give_up, lambda: note_down(DRAW)))
    waited = ledger.sequence(1000)
    assert head().size == before + 2 + waited
    assert ledger.verify().is_sound


def test_a_deed_that_locks_after_recording_does_not_wait_in_a_circle(note_down):
    """One records and then locks a row; the other locks that row and then records."""
    shared = Group.objects.create(name="shared")
    halfway = Barrier(2)

    def record_then_lock():
        with transaction.atomic():
            note_down(DRAW)
            halfway.wait(PATIENCE)
            Group.objects.select_for_update().get(pk=shared.pk)

    def lock_then_record():
        with transaction.atomic():
            Group.objects.select_for_update().get(pk=shared.pk)
            halfway.wait(PATIENCE)
            note_down(DRAW)

    succeeded(at_once(record_then_lock, lock_then_record))
    assert ledger.verify().is_sound


def test_the_head_is_locked_behind_every_deferred_check(note_down):
    """A foreign key written after recording is checked at commit, and must not be waited for under the head's lock."""
    shared = Group.objects.create(name="shared")
    blocked = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    owner = psycopg.connect(os.environ["DATABASE_OWNER_URL"])
    owner.execute("SELECT FROM auth_group WHERE id = %s FOR UPDATE", [shared.pk])

    def record_then_point_at_it():
        with transaction.atomic():
            note_down(DRAW)
            Group.permissions.through.objects.create(group=shared, permission=Permission.objects.first())

    def let_go_once_the_other_waits():
        with connection.cursor() as watching:
            for _ in range(PATIENCE * 100):
                watching.execute(blocked)
                if watching.fetchone() != (0,):
                    break
                watching.execute("SELECT pg_sleep(0.01)")
            else:
                pytest.fail("the other deed never waited for the row")
        note_down(DRAW)
        owner.commit()

    try:
        succeeded(at_once(record_then_point_at_it, let_go_once_the_other_waits))
    finally:
        owner.close()
    assert ledger.verify().is_sound


def test_a_sequencer_killed_in_the_middle_loses_nothing(note_down):
    for turn in range(10):
        note_down(what=f"{turn}")
    waiting = set(Waiting.objects.values_list("entry_id", flat=True))

    def number_and_die():
        with transaction.atomic():
            assert ledger.sequence(1000) == len(waiting)
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    (died,) = at_once(number_and_die)
    assert isinstance(died, OperationalError)
    assert set(Waiting.objects.values_list("entry_id", flat=True)) == waiting
    assert ledger.sequence(1000) == len(waiting)
    assert set(Leaf.objects.filter(entry__in=waiting).values_list("entry_id", flat=True)) == waiting
    assert ledger.verify().is_sound


def test_two_signers_at_once_make_one_key_and_one_checkpoint(note_down):
    note_down(DRAW)
    one, other = succeeded(at_once(ledger.checkpoint, ledger.checkpoint))
    assert one.note == other.note
    assert ledger.Checkpoint.objects.filter(size=head().size).count() == 1
