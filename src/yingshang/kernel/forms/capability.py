"""The manifest of forms: templates and tags only."""

from yingshang.kernel.registry import Capability

CAPABILITY = Capability(name="forms", title="表单")
