"""Disclosure (公开、公示): what goes public, by when, masked how, and the proof that it did.

Owns the words: disclosure, publication owed, withdrawal, mask.
"""

from typing import TYPE_CHECKING

from yingshang.kernel.registry import door

if TYPE_CHECKING:
    from yingshang.kernel.disclosure.kind_files import Kind, kind_of, kinds
    from yingshang.kernel.disclosure.masking import Masked, mask
    from yingshang.kernel.disclosure.models import Disclosure, Withdrawal
    from yingshang.kernel.disclosure.owing import owe_publication, owe_withdrawal
    from yingshang.kernel.disclosure.publishing import publish, withdraw

__all__ = [
    "Disclosure",
    "Kind",
    "Masked",
    "Withdrawal",
    "kind_of",
    "kinds",
    "mask",
    "owe_publication",
    "owe_withdrawal",
    "publish",
    "withdraw",
]

__getattr__ = door(
    __name__,
    {
        "kind_files": "Kind kind_of kinds",
        "masking": "Masked mask",
        "models": "Disclosure Withdrawal",
        "owing": "owe_publication owe_withdrawal",
        "publishing": "publish withdraw",
    },
)
