"""What tests of every package share: the cast, the example county, and real concurrent connections.

The fixtures are in ``fixtures`` (loaded once by the root conftest); ``at_once``
runs deeds truly at the same time.
"""

from yingshang.kernel.testing.concurrency import at_once

__all__ = ["at_once"]
