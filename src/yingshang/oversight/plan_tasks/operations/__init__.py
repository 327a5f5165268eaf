"""The deeds: read a notice, settle what is doubtful, publish, follow groups, name the units concerned."""

from yingshang.oversight.plan_tasks.operations.answering import answer_question, keep_findings
from yingshang.oversight.plan_tasks.operations.confirming import confirm_reading, set_aside_reading
from yingshang.oversight.plan_tasks.operations.delivering import deliver_to
from yingshang.oversight.plan_tasks.operations.following import follow_groups
from yingshang.oversight.plan_tasks.operations.handing_in import hand_in
from yingshang.oversight.plan_tasks.operations.naming import name_units
from yingshang.oversight.plan_tasks.operations.publishing import publish_edition
from yingshang.oversight.plan_tasks.operations.reading import read_notice
from yingshang.oversight.plan_tasks.operations.recorded import load
from yingshang.oversight.plan_tasks.operations.signing import open_delivery, sign_delivery

__all__ = [
    "answer_question",
    "confirm_reading",
    "deliver_to",
    "follow_groups",
    "hand_in",
    "keep_findings",
    "load",
    "name_units",
    "open_delivery",
    "publish_edition",
    "read_notice",
    "set_aside_reading",
    "sign_delivery",
]
