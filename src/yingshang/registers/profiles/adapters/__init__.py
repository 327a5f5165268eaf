"""Outside registries: the contract each must keep, and the simulator that stands in for it."""

from yingshang.registers.profiles.adapters.registry import Registry, registry

__all__ = ["Registry", "registry"]
