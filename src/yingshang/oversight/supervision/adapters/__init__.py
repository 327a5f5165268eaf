"""Channels outside the platform. The contract is ``OutsideChannel``; a county's gateway is one more entry here."""

from yingshang.oversight.supervision.adapters.outside import ADAPTERS, OutsideChannel, Simulator

__all__ = ["ADAPTERS", "OutsideChannel", "Simulator"]
