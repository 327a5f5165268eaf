"""Past-tense facts that one package tells and others hear, without knowing each other.

A fact is written in the transaction of the deed and delivered at least once, in
no promised order. Owns the words: fact, delivery, subscriber.
"""

from typing import TYPE_CHECKING

from yingshang.kernel.registry import door

if TYPE_CHECKING:
    from yingshang.kernel.events.delivering import Delivered, deliver, redeliver
    from yingshang.kernel.events.models import Delivery, Fact
    from yingshang.kernel.events.queries import not_installed, troubled
    from yingshang.kernel.events.telling import Telling, tell, tell_all

__all__ = [
    "Delivered",
    "Delivery",
    "Fact",
    "Telling",
    "deliver",
    "not_installed",
    "redeliver",
    "tell",
    "tell_all",
    "troubled",
]

__getattr__ = door(
    __name__,
    {
        "delivering": "Delivered deliver redeliver",
        "models": "Delivery Fact",
        "queries": "not_installed troubled",
        "telling": "Telling tell tell_all",
    },
)
