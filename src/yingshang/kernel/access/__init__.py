"""Who may do what, in words: one policy per action, with the reason for a no.

``permit`` guards the operation, greys the button and writes the sentence under
it. A missing policy is an error, never a yes.
"""

from yingshang.kernel.access.masks import MASKS, mask
from yingshang.kernel.access.registered import (
    Explanation,
    Rule,
    explain,
    may,
    permit,
    policy,
    problems,
    rules,
    subject_of,
    visibility,
    visible,
)

__all__ = [
    "MASKS",
    "Explanation",
    "Rule",
    "explain",
    "mask",
    "may",
    "permit",
    "policy",
    "problems",
    "rules",
    "subject_of",
    "visibility",
    "visible",
]
