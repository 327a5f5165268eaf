"""Addresses of surveys."""

from django.urls import path

from yingshang.conduct.surveys import views

app_name = "surveys"

urlpatterns = [
    path("surveys/", views.results, name="results"),
    path("surveys/answer/", views.answer, name="answer"),
    path("surveys/demo-card/", views.demo_card, name="demo_card"),
    path("surveys/thanks/", views.thanks, name="thanks"),
    path("surveys/results/<slug:code>/", views.result, name="result"),
    path("workbench/surveys/", views.desk, name="desk"),
    path("workbench/surveys/questionnaires/<slug:code>/", views.questionnaire, name="questionnaire"),
    path("workbench/surveys/questionnaires/<slug:code>/<int:number>/", views.question, name="question"),
    path("workbench/surveys/questionnaires/<slug:code>/publish/", views.publish_version, name="publish_version"),
    path("workbench/surveys/questionnaires/<slug:code>/open/", views.open_survey, name="open"),
    path("workbench/surveys/questionnaires/<slug:code>/paper.pdf", views.paper, name="paper"),
    path("workbench/surveys/<slug:code>/", views.survey, name="survey"),
    path("workbench/surveys/<slug:code>/frame/", views.frame, name="frame"),
    path("workbench/surveys/<slug:code>/drawn/", views.open_drawn, name="open_drawn"),
    path("workbench/surveys/<slug:code>/drop/", views.drop_plan, name="drop_plan"),
    path("workbench/surveys/<slug:code>/codes/", views.replace_codes, name="replace_codes"),
    path("workbench/surveys/<slug:code>/close/", views.close, name="close"),
    path("workbench/surveys/<slug:code>/merge/", views.merge, name="merge"),
    path("workbench/surveys/<slug:code>/withhold/", views.withhold, name="withhold"),
    path("workbench/surveys/<slug:code>/publish/", views.publish, name="publish"),
    path("workbench/surveys/<slug:code>/questionnaire.pdf", views.survey_paper, name="survey_paper"),
    path("workbench/surveys/<slug:code>/field/", views.field, name="field"),
    path("workbench/surveys/<slug:code>/field/worker.js", views.field_worker, name="field_worker"),
    path("workbench/surveys/<slug:code>/paper/", views.sheet, name="sheet"),
    path("workbench/surveys/<slug:code>/paper/template.xlsx", views.sheet, {"step": "template"}, name="sheet_template"),
    path("workbench/surveys/<slug:code>/paper/<str:token>/", views.sheet, {"step": "preview"}, name="sheet_preview"),
    path(
        "workbench/surveys/<slug:code>/paper/<str:token>/confirm/",
        views.sheet,
        {"step": "confirm"},
        name="sheet_confirm",
    ),
]
