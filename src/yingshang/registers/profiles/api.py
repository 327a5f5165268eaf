"""The door of profiles: what cases, forms, credentials and the channels may call."""

from yingshang.registers.profiles.operations import hold, identify, read, read_all
from yingshang.registers.profiles.queries import Held, held_fields

__all__ = ["Held", "held_fields", "hold", "identify", "read", "read_all"]
