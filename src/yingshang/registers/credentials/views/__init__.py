"""Pages: translate, call, translate back."""

from yingshang.registers.credentials.views.public import verify

__all__ = ["verify"]
