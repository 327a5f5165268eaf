"""What is installed: every package introduces itself in a ``capability.py``.

The registry reads the manifests once, at start, and refuses to start when a
name does not fit: an action without a policy, an event nobody tells, a dotted
name that does not import. The message names the nearest right one.
"""

from yingshang.kernel.registry.catalogue import catalogue
from yingshang.kernel.registry.door import door
from yingshang.kernel.registry.manifest import Capability, Daily, Every, MenuGroup, MenuLine, Strict
from yingshang.kernel.registry.table import (
    NotInstalled,
    action_title,
    actions_of_duty,
    capabilities,
    condition,
    install,
    installed,
    is_strict,
    jobs,
    known_actions,
    ledger_wording,
    measures,
    menu,
    nearest,
    problems,
    resolve,
    slot,
    subscribers_of,
)

__all__ = [
    "Capability",
    "Daily",
    "Every",
    "MenuGroup",
    "MenuLine",
    "NotInstalled",
    "Strict",
    "action_title",
    "actions_of_duty",
    "capabilities",
    "catalogue",
    "condition",
    "door",
    "install",
    "installed",
    "is_strict",
    "jobs",
    "known_actions",
    "ledger_wording",
    "measures",
    "menu",
    "nearest",
    "problems",
    "resolve",
    "slot",
    "subscribers_of",
]
