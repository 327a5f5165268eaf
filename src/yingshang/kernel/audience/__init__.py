"""Who may read a row, enforced by PostgreSQL where it matters.

``Audience`` is a closed set of four readers. ``reading_as`` opens the rows of
tables under row-level security for one transaction. ``SealedRecord`` is what
the tables of sealed kinds (密封类) are made from.
"""

from typing import TYPE_CHECKING

from yingshang.kernel.registry import door

if TYPE_CHECKING:
    from yingshang.kernel.audience.models import Readable, SealedMark, SealedRecord
    from yingshang.kernel.audience.numbers import random_number
    from yingshang.kernel.audience.readers import PUBLIC, Audience, own, path_of, readable_by
    from yingshang.kernel.audience.row_security import READABLE, protect, seal_table
    from yingshang.kernel.audience.session import reading_as, set_for_transaction
    from yingshang.kernel.audience.tally import mark_sealed, sealed_count

__all__ = [
    "PUBLIC",
    "READABLE",
    "Audience",
    "Readable",
    "SealedMark",
    "SealedRecord",
    "mark_sealed",
    "own",
    "path_of",
    "protect",
    "random_number",
    "readable_by",
    "reading_as",
    "seal_table",
    "sealed_count",
    "set_for_transaction",
]

__getattr__ = door(
    __name__,
    {
        "models": "Readable SealedMark SealedRecord",
        "numbers": "random_number",
        "readers": "PUBLIC Audience own path_of readable_by",
        "row_security": "READABLE protect seal_table",
        "session": "reading_as set_for_transaction",
        "tally": "mark_sealed sealed_count",
    },
)
