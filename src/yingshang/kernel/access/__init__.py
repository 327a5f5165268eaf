"""Who may do what, in words: one policy per action, with the reason for a no.

``permit`` guards the operation, greys the button and writes the sentence under
it. A missing policy is an error, never a yes.
"""

from yingshang.kernel.access.policy import explain, may, permit, policy, problems, visibility, visible

__all__ = ["explain", "may", "permit", "policy", "problems", "visibility", "visible"]
