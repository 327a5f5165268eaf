"""Who may supervise, answer, review and publish. One module per part; importing them here registers the policies."""

from yingshang.oversight.supervision.policies import answers, authority, digests, letters, reports

__all__ = ["answers", "authority", "digests", "letters", "reports"]
