"""Pages: translate, call, translate back."""

from yingshang.oversight.bulletins.views.desk import do, draft, drafts, edit
from yingshang.oversight.bulletins.views.public import listing, one, rows

__all__ = ["do", "draft", "drafts", "edit", "listing", "one", "rows"]
