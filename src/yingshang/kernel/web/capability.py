"""Pages, tables and the REST base (页面、表格与接口).

Owns the words: standing, face, card, keyset page.
"""

from yingshang.kernel.registry import Capability

CAPABILITY = Capability(name="web", title="页面、表格与接口")
