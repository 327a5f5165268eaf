"""Addresses: the plan for everybody, the review of readings and the home of a unit for officials."""

from django.urls import include, path

from yingshang.oversight.plan_tasks.views import (
    confirming,
    deliverables,
    delivering,
    enacting,
    handing_in,
    naming,
    plans,
    review,
    units,
)
from yingshang.oversight.plan_tasks.views.register_sheet import REGISTER_IN

app_name = "plan_tasks"

urlpatterns = [
    path("plans/", plans.all_plans, name="plans"),
    path("plans/<slug:code>/", plans.one_plan, name="plan"),
    path("plans/<slug:code>/notice/", plans.notice, name="notice"),
    path("plans/<slug:code>/editions/", plans.editions, name="editions"),
    path("plans/<slug:code>/tasks/<int:place>/", plans.task, name="task"),
    path("plans/<slug:code>/deliveries/", delivering.deliveries, name="deliveries"),
    path("plans/<slug:code>/deliveries/more/", delivering.deliver_more, name="deliver_more"),
    path("workbench/deliveries/<int:delivery_id>/", delivering.one, name="delivery"),
    path("workbench/deliveries/<int:delivery_id>/sign/", delivering.sign, name="sign_delivery"),
    path("plans/<slug:code>/deliverables/", deliverables.register, name="deliverables"),
    path("plans/<slug:code>/deliverables/suggestions/", confirming.suggestions, name="suggestions"),
    path("plans/<slug:code>/deliverables/<int:number>/", deliverables.one, name="deliverable"),
    path("plans/<slug:code>/deliverables/<int:number>/issue/", enacting.issue, name="issue_deliverable"),
    path("plans/<slug:code>/deliverables/<int:number>/stop/", enacting.stop, name="stop_deliverable"),
    path("plans/<slug:code>/deliverables/<int:number>/assign/", confirming.assign, name="assign_deliverable"),
    path("plans/<slug:code>/deliverables/<int:number>/decline/", confirming.decline, name="decline_deliverable"),
    path("workbench/deliverables/import/", include((REGISTER_IN.urls, "plan_tasks"), namespace="register_in")),
    path("workbench/assignments/<int:assignment_id>/units/", naming.name_units, name="name_units"),
    path("workbench/obligations/<int:obligation_id>/hand-in/", handing_in.hand_in, name="hand_in"),
    path("workbench/plan-readings/", review.readings, name="readings"),
    path("workbench/plan-readings/<int:reading_id>/", review.reading, name="reading"),
    path("workbench/plan-readings/<int:reading_id>/answers/", review.answer, name="answer"),
    path("workbench/plan-readings/<int:reading_id>/keep-findings/", review.keep_findings, name="keep_findings"),
    path("workbench/plan-readings/<int:reading_id>/confirm/", review.confirm, name="confirm"),
    path("workbench/plan-readings/<int:reading_id>/publish/", review.publish, name="publish"),
    path("workbench/plan-readings/<int:reading_id>/set-aside/", review.set_aside, name="set_aside"),
    path("workbench/units/", units.own, name="own_unit"),
    path("workbench/units/<slug:code>/", units.home, name="unit"),
]
