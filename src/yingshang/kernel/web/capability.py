"""Pages, tables and the REST base (页面、表格与接口).

Owns the words: standing, face, card, keyset page, sheet door.
"""

from yingshang.kernel.registry import Capability, Daily

CAPABILITY = Capability(
    name="web",
    title="页面、表格与接口",
    jobs=[Daily("web.forget", "yingshang.kernel.web.jobs.forget", at="03:10")],
)
