"""Forms of the pages."""

from yingshang.oversight.plan_tasks.forms.deliverables import (
    AssignForm,
    ConfirmForm,
    IssueForm,
    ReasonForm,
    RegisterForm,
    StopForm,
)
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
    "AssignForm",
    "ConfirmForm",
    "DeliverForm",
    "HandInForm",
    "IssueForm",
    "NamingForm",
    "PublishForm",
    "ReasonForm",
    "RegisterForm",
    "ShownForm",
    "StopForm",
    "UploadForm",
]
