"""The deeds: read a notice, settle what is doubtful, publish, follow groups, name the units concerned."""

from yingshang.oversight.plan_tasks.operations.answering import answer_question, keep_findings
from yingshang.oversight.plan_tasks.operations.confirming import confirm_reading, set_aside_reading
from yingshang.oversight.plan_tasks.operations.deliverables import (
    assign_deliverable,
    confirm_deliverables,
    decline_deliverable,
)
from yingshang.oversight.plan_tasks.operations.delivering import deliver_to
from yingshang.oversight.plan_tasks.operations.drafting import drop_edition, revise_work_plan, set_aim, start_work_plan
from yingshang.oversight.plan_tasks.operations.enacting import issue_deliverable, stop_deliverable
from yingshang.oversight.plan_tasks.operations.filing import accept_filing, file_edition, return_filing
from yingshang.oversight.plan_tasks.operations.following import follow_groups
from yingshang.oversight.plan_tasks.operations.handing_in import hand_in
from yingshang.oversight.plan_tasks.operations.heirs import follow_units
from yingshang.oversight.plan_tasks.operations.letters import letter_of, sign_letter
from yingshang.oversight.plan_tasks.operations.loading import load
from yingshang.oversight.plan_tasks.operations.naming import name_units
from yingshang.oversight.plan_tasks.operations.progressing import (
    Told,
    Upload,
    ask_sign_off,
    report_progress,
    return_sign_off,
    sign_off_stage,
)
from yingshang.oversight.plan_tasks.operations.publishing import publish_edition
from yingshang.oversight.plan_tasks.operations.reading import read_notice
from yingshang.oversight.plan_tasks.operations.seating import (
    describe_group,
    hand_over_seat,
    seat_member,
    unseat_member,
)
from yingshang.oversight.plan_tasks.operations.signing import open_delivery, sign_delivery
from yingshang.oversight.plan_tasks.operations.staging import (
    put_stages_in_order,
    remove_stage,
    replace_stages,
    set_dependencies,
    write_stage,
)
from yingshang.oversight.plan_tasks.operations.typing import note_typing, opened_token
from yingshang.oversight.plan_tasks.operations.yearly import open_yearly_plans

__all__ = [
    "Told",
    "Upload",
    "accept_filing",
    "answer_question",
    "ask_sign_off",
    "assign_deliverable",
    "confirm_deliverables",
    "confirm_reading",
    "decline_deliverable",
    "deliver_to",
    "describe_group",
    "drop_edition",
    "file_edition",
    "follow_groups",
    "follow_units",
    "hand_in",
    "hand_over_seat",
    "issue_deliverable",
    "keep_findings",
    "letter_of",
    "load",
    "name_units",
    "note_typing",
    "open_delivery",
    "open_yearly_plans",
    "opened_token",
    "publish_edition",
    "put_stages_in_order",
    "read_notice",
    "remove_stage",
    "replace_stages",
    "report_progress",
    "return_filing",
    "return_sign_off",
    "revise_work_plan",
    "seat_member",
    "set_aim",
    "set_aside_reading",
    "set_dependencies",
    "sign_delivery",
    "sign_letter",
    "sign_off_stage",
    "start_work_plan",
    "stop_deliverable",
    "unseat_member",
    "write_stage",
]
