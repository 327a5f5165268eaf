"""Forms of the pages."""

from yingshang.oversight.plan_tasks.forms.delivering import DeliverForm, ShownForm
from yingshang.oversight.plan_tasks.forms.review import (
    UPLOAD_LIMIT,
    AnswerForm,
    HandInForm,
    NamingForm,
    PublishForm,
    UploadForm,
)

__all__ = [
    "UPLOAD_LIMIT",
    "AnswerForm",
    "DeliverForm",
    "HandInForm",
    "NamingForm",
    "PublishForm",
    "ShownForm",
    "UploadForm",
]
