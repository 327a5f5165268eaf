"""Addresses of supervision."""

from django.urls import path

from yingshang.oversight.supervision.views import authority, deeds, digests, letters
from yingshang.oversight.supervision.views.checks import desk as checks
from yingshang.oversight.supervision.views.checks import planning as check_plans
from yingshang.oversight.supervision.views.public import cases, listings
from yingshang.oversight.supervision.views.reports import asking, desk, filing
from yingshang.oversight.supervision.views.windows import problem_lists, self_checks

app_name = "supervision"

urlpatterns = [
    path("workbench/supervision/", digests.digest, name="digest"),
    path("workbench/supervision/digests/make/", digests.make, name="make_digest"),
    path("workbench/supervision/digests/<int:digest_id>/confirm/", digests.confirm, name="confirm_digest"),
    path("workbench/supervision/digests/<int:digest_id>/", digests.digest, name="digest_of"),
    path("workbench/supervision/items/<int:item_id>/", digests.item, name="item"),
    path("workbench/supervision/items/<int:item_id>/put-back/", digests.put_back, name="put_back"),
    path("workbench/supervision/matters/", letters.chases, name="chases"),
    path("workbench/supervision/matters/<int:supervision_id>/", letters.chase, name="chase"),
    path("workbench/supervision/letters/", letters.letters, name="letters"),
    path("workbench/letters/", letters.inbox, name="inbox"),
    path("workbench/letters/<int:letter_id>/", letters.letter, name="letter"),
    path("workbench/letters/<int:letter_id>/answer/", deeds.answer, name="answer"),
    path("workbench/letters/<int:letter_id>/review/", deeds.review_answer, name="review_answer"),
    path("workbench/letters/<int:letter_id>/object/", deeds.object_to, name="object"),
    path("workbench/letters/<int:letter_id>/objection/", deeds.decide_objection, name="decide_objection"),
    path("workbench/letters/<int:letter_id>/draft/", deeds.redraft, name="redraft"),
    path("workbench/letters/<int:letter_id>/decide/", deeds.decide, name="decide"),
    path("workbench/letters/<int:letter_id>/talk/", deeds.talk, name="talk"),
    path("workbench/letters/<int:letter_id>/correct/", deeds.issue_correction, name="issue_correction"),
    path("workbench/letters/<int:letter_id>/papers/", deeds.render_papers, name="render"),
    path("workbench/letters/<int:letter_id>/seal/", deeds.seal, name="seal"),
    path("workbench/letters/<int:letter_id>/publish/", deeds.publish, name="publish"),
    path("supervision/circulars/", letters.circulars, name="circulars"),
    path("workbench/supervision/authority/", authority.authority, name="authority"),
    path("workbench/supervision/authority/<int:authority_id>/end/", authority.end, name="end_authority"),
    path("report/", filing.what, name="report"),
    path("report/where/", filing.where, name="report_where"),
    path("report/reach/", filing.reach, name="report_reach"),
    path("report/send/", filing.send, name="report_send"),
    path("report/status/", asking.status, name="report_status"),
    path("report/solved/", asking.solved, name="report_solved"),
    path("report/unsolved/", asking.unsolved, name="report_unsolved"),
    path("reports/", asking.figures, name="report_figures"),
    path("workbench/reports/", desk.reports, name="reports"),
    path("workbench/reports/<uuid:report_id>/", desk.report, name="report_desk"),
    path("workbench/reports/<uuid:report_id>/sign/", desk.sign, name="report_sign"),
    path("workbench/reports/<uuid:report_id>/contact/", desk.contact, name="report_contact"),
    path("workbench/reports/<uuid:report_id>/<slug:name>/", desk.deed, name="report_deed"),
    path("workbench/checks/", checks.checks, name="checks"),
    path("workbench/checks/new/", check_plans.new, name="check_new"),
    path("workbench/check-plans/<uuid:plan_id>/", check_plans.plan, name="check_plan"),
    path("workbench/check-plans/<uuid:plan_id>/approve/", check_plans.approve, name="check_approve"),
    path("workbench/checks/<uuid:check_id>/", checks.check, name="check"),
    path("workbench/checks/<uuid:check_id>/make/", checks.make, name="check_make"),
    path("workbench/checks/<uuid:check_id>/<slug:name>/", checks.deed, name="check_deed"),
    path("workbench/findings/<uuid:finding_id>/<slug:name>/", checks.finding_deed, name="finding_deed"),
    path("workbench/self-checks/", self_checks.board, name="self_checks"),
    path("workbench/self-checks/<slug:period>/fill/", self_checks.fill, name="self_check_fill"),
    path("workbench/self-checks/sheets/<int:sheet_id>/", self_checks.sheet, name="self_check"),
    path("workbench/self-checks/items/<int:item_id>/fix/", self_checks.fix, name="self_check_fix"),
    path("workbench/problem-lists/", problem_lists.board, name="problem_lists"),
    path("workbench/problem-lists/file/", problem_lists.file, name="problem_list_file"),
    path("workbench/problem-lists/units/<slug:code>/", problem_lists.one, name="problem_list"),
    path("supervision/listed/", listings.listings, name="listings"),
    path("supervision/listed/<uuid:listing_id>/", listings.listing, name="listing"),
    path("workbench/listed/propose/", listings.propose, name="listing_propose"),
    path("workbench/listed/<uuid:listing_id>/<slug:name>/", listings.deed, name="listing_deed"),
    path("supervision/cases/", cases.cases, name="cases"),
    path("workbench/cases/", cases.desk, name="cases_desk"),
    path("workbench/cases/draft/", cases.draft, name="case_draft"),
    path("workbench/cases/<uuid:case_id>/", cases.case, name="case"),
    path("workbench/cases/<uuid:case_id>/review/", cases.review, name="case_review"),
    path("workbench/cases/<uuid:case_id>/publish/", cases.publish, name="case_publish"),
    path("workbench/cases/<uuid:case_id>/<slug:name>/", cases.deed, name="case_deed"),
]
