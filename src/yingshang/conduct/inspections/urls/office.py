"""Addresses of the office: pools, plans, permissions, draws, merging."""

from django.urls import include, path

from yingshang.conduct.inspections.views import batches, inspectors, merging, permissions, plans, pools, tasks
from yingshang.conduct.inspections.views.pool_sheets import INSPECTORS_IN, TARGETS_IN

OFFICE = "workbench/inspections/"

urlpatterns = [
    path(f"{OFFICE}targets/", pools.targets, name="targets"),
    path(f"{OFFICE}targets/add/", pools.add, name="add_target"),
    path(f"{OFFICE}targets/import/", include((TARGETS_IN.urls, "inspections"), namespace="targets_in")),
    path(f"{OFFICE}targets/<int:target_id>/", pools.target, name="target"),
    path(f"{OFFICE}targets/<int:target_id>/grade/", pools.grade, name="grade_target"),
    path(f"{OFFICE}targets/<int:target_id>/observe/", pools.observe, name="observe_target"),
    path(f"{OFFICE}targets/<int:target_id>/remove/", pools.remove, name="remove_target"),
    path(f"{OFFICE}observations/", pools.observations, name="observations"),
    path(f"{OFFICE}observations/<int:exemption_id>/end/", pools.end_observation, name="end_observation"),
    path(f"{OFFICE}inspectors/", inspectors.inspectors, name="inspectors"),
    path(f"{OFFICE}inspectors/add/", inspectors.add, name="add_inspector"),
    path(f"{OFFICE}inspectors/import/", include((INSPECTORS_IN.urls, "inspections"), namespace="inspectors_in")),
    path(f"{OFFICE}inspectors/<int:inspector_id>/", inspectors.inspector, name="inspector"),
    path(f"{OFFICE}inspectors/<int:inspector_id>/suspend/", inspectors.suspend, name="suspend_inspector"),
    path(f"{OFFICE}inspectors/<int:inspector_id>/restore/", inspectors.restore, name="restore_inspector"),
    path(f"{OFFICE}inspectors/<int:inspector_id>/tie/", inspectors.tie, name="declare_tie"),
    path(f"{OFFICE}plans/", plans.plans, name="unit_plans"),
    path(f"{OFFICE}plans/draft/", plans.draft, name="draft_plan"),
    path(f"{OFFICE}plans/<int:plan_id>/tasks/add/", tasks.add, name="add_line"),
    path(f"{OFFICE}plans/<int:plan_id>/submit/", plans.submit, name="submit_plan"),
    path(f"{OFFICE}plans/<int:plan_id>/decide/", plans.decide, name="decide_plan"),
    path(f"{OFFICE}plans/<int:plan_id>/publish/", plans.publish, name="publish_plan"),
    path(f"{OFFICE}tasks/<int:line_id>/change/", tasks.change, name="change_line"),
    path(f"{OFFICE}tasks/<int:line_id>/remove/", tasks.remove, name="remove_line"),
    path(f"{OFFICE}tasks/<int:line_id>/draw/", batches.seal, name="seal_batch"),
    path(f"{OFFICE}batches/<int:batch_id>/", batches.batch, name="batch"),
    path(f"{OFFICE}batches/<int:batch_id>/take-over/", batches.take_over, name="take_over"),
    path(f"{OFFICE}batches/<int:batch_id>/substitute/", batches.substitute, name="substitute"),
    path(f"{OFFICE}permissions/", permissions.permissions, name="permissions"),
    path(f"{OFFICE}permissions/ask/", permissions.ask, name="ask_permission"),
    path(f"{OFFICE}permissions/<int:permission_id>/", permissions.permission, name="permission"),
    path(f"{OFFICE}permissions/<int:permission_id>/decide/", permissions.decide, name="decide_permission"),
    path(f"{OFFICE}permissions/<int:permission_id>/arrange/", permissions.arrange, name="arrange_visit"),
    path(f"{OFFICE}merging/", merging.proposals, name="merging"),
    path(f"{OFFICE}merging/merge/", merging.merge, name="merge_visits"),
]
