"""Who a matter concerns and who acts in it: Party, Mandate, Actor."""

from yingshang.kernel.parties.actor import ANONYMOUS, SYSTEM, Actor, Level

__all__ = ["ANONYMOUS", "SYSTEM", "Actor", "Level"]
