"""Tables of credentials."""

from yingshang.registers.credentials.models.credential import Credential, Reminder, StateChange
from yingshang.registers.credentials.models.kind import Issuer, Kind, Release

__all__ = ["Credential", "Issuer", "Kind", "Release", "Reminder", "StateChange"]
