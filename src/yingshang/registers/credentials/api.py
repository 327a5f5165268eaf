"""The door of credentials: what others above may call."""

from yingshang.registers.credentials.models import Credential
from yingshang.registers.credentials.operations import cancel, issue, renew, replace, revoke
from yingshang.registers.credentials.queries import fields_to_print, held_by, in_force_of, kinds_on, of_holder

__all__ = [
    "Credential",
    "cancel",
    "fields_to_print",
    "held_by",
    "in_force_of",
    "issue",
    "kinds_on",
    "of_holder",
    "renew",
    "replace",
    "revoke",
]
