"""What tests of every package share: the cast, the example county, and real concurrent connections.

The fixtures are in ``fixtures`` (loaded once by the root conftest); ``at_once``
runs deeds truly at the same time.
"""

from yingshang.kernel.testing.concurrency import at_once
from yingshang.kernel.testing.fixtures import CAST_DAY, actor_of
from yingshang.kernel.testing.twins import twins_disagree

__all__ = ["CAST_DAY", "actor_of", "at_once", "twins_disagree"]
