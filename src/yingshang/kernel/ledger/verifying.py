"""Deriving everything again from the entries, to the first thing that is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Max

from yingshang.kernel.ledger.keys import trusted
from yingshang.kernel.ledger.models import Checkpoint, Entry, Head, Leaf
from yingshang.kernel.ledger.walking import Walk, Wrong
from yingshang.methods.merkle import Verifier

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What ``verify`` found.

    size: leaves that were derived again, and agree. checkpoints: how many of
    them were compared. problem: the first thing wrong, one Chinese sentence
    that names the entry or checkpoint and what was expected; empty if all agrees.
    """

    size: int
    checkpoints: int
    problem: str = ""

    @property
    def is_sound(self) -> bool:
        return not self.problem


def verify(
    *, keys: Iterable[Verifier] | None = None, notes: Iterable[str] = (), progress: Progress | None = None
) -> Verdict:
    """Derive every hash, number, tile, root and signature again and compare with what is stored.

    keys: whose checkpoints count; the installation's own key when not given.
    notes: signed checkpoints that outsiders kept; the tree must hold each of them.
    progress: called with (leaves done, leaves in all) now and then.
    Reads everything once, in order, in bounded memory, while the ledger goes
    on growing; what is added meanwhile is left for the next time.
    """
    derived = compared = 0
    try:
        walk = Walk(trusted() if keys is None else list(keys), notes)
        for derived in walk.leaves():
            compared = walk.compared
            if progress is not None:
                progress(derived, walk.size)
        _nothing_is_left_over()
    except Wrong as wrong:
        return Verdict(derived, compared, str(wrong))
    return Verdict(derived, compared)


def _nothing_is_left_over() -> None:
    """Raise Wrong for what the head does not account for. Each question is one statement, so one moment."""
    last_leaf = Leaf.objects.aggregate(last=Max("index"))["last"]
    size = Head.objects.values_list("size", flat=True).get()
    if last_leaf is not None and last_leaf >= size:
        raise Wrong(f"第 {last_leaf} 号叶子多出来了：账本只有 {size} 条。")
    signed = Checkpoint.objects.aggregate(last=Max("size"))["last"]
    size = Head.objects.values_list("size", flat=True).get()
    if signed is not None and signed > size:
        raise Wrong(f"检查点签过 {signed} 条，账本现在只有 {size} 条：后面的记录被删掉了。")
    lost = Entry.objects.filter(leaf=None, waiting=None).order_by("id").first()
    if lost is not None:
        raise Wrong(f"存证记录 {lost.id}（{lost.kind}）没有编号，也不在等待编号之列：它的叶子被删掉了。")
