"""Writes: one function per deed."""

from yingshang.registers.credentials.operations.county import load
from yingshang.registers.credentials.operations.ending import cancel, revoke
from yingshang.registers.credentials.operations.issuing import issue
from yingshang.registers.credentials.operations.releasing import (
    present_release,
    propose_template,
    release_template,
    specimen,
)
from yingshang.registers.credentials.operations.reminding import close_lapsed, remind
from yingshang.registers.credentials.operations.renewing import renew, replace

__all__ = [
    "cancel",
    "close_lapsed",
    "issue",
    "load",
    "present_release",
    "propose_template",
    "release_template",
    "remind",
    "renew",
    "replace",
    "revoke",
    "specimen",
]
