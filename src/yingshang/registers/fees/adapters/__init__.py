"""Payment channels: the contract each must keep, and the simulator that stands in for one."""

from yingshang.registers.fees.adapters.payments import Channel, channel

__all__ = ["Channel", "channel"]
