"""Who owes what under a task, and what a person must settle first."""

from yingshang.oversight.plan_tasks.rules import Named, Resolved, Share, named_in, names_of, questions_of, shares_of

TASK = {
    "number": "22",
    "section_path": [],
    "text": "规范涉企收费。(牵头单位:县财政局、县工信局;责任单位:县工信局、县银监会等县直有关部门)",
    "lead_units": ["县财政局", "县工信局"],
    "responsible_units": ["县工信局", "县银监会", "县直有关部门"],
    "support_units": [],
    "oversight_units": [],
    "lead_by_convention": [],
    "inherited_units": [],
    "open_list": True,
    "source": {"start": 100, "end": 147},
}
PLAN = {"sections": [{"overall_lead": ["县市场监管局"]}], "tasks": [TASK], "findings": []}
KNOWN = {
    "县市场监管局": Resolved("unit", "scjgj"),
    "县财政局": Resolved("unit", "czj"),
    "县工信局": Resolved("unit", "gxj"),
    "县银监会": Resolved("unit", "yjh", needs_person=True, why="2018年并入银保监会。"),
    "县直有关部门": Resolved("group", "xzyg", concerned=True),
}


def test_a_unit_in_two_roles_is_named_once_per_role():
    assert [each for each in named_in(TASK) if each.printed == "县工信局"] == [
        Named("lead", "县工信局"),
        Named("responsible", "县工信局"),
    ]


def test_every_name_is_listed_once_with_the_section_leads_first():
    assert names_of(PLAN) == ["县市场监管局", "县财政局", "县工信局", "县银监会", "县直有关部门"]


def test_a_person_is_asked_once_about_each_doubtful_name_and_group():
    asked = [(question.kind, question.printed) for question in questions_of(PLAN, KNOWN)]
    assert asked == [("doubtful_unit", "县银监会"), ("concerned_group", "县直有关部门")]


def test_an_unknown_name_is_asked_about_where_it_stands():
    question = questions_of(PLAN, {**KNOWN, "县财政局": Resolved("unknown", why="县发改局")})[0]
    assert (question.kind, question.printed, question.suggestion, question.task_place) == (
        "unknown_unit",
        "县财政局",
        "县发改局",
        1,
    )
    assert question.end - question.start == len("县财政局")


def test_findings_of_the_grammar_become_questions_in_their_task():
    finding = {"level": "warning", "what": "混入字母“v”。", "suggest": "恶劣影响", "start": 120, "end": 121}
    question = questions_of({**PLAN, "findings": [finding]}, KNOWN)[-1]
    assert (question.kind, question.task_place, question.suggestion) == ("finding", 1, "恶劣影响")


def test_a_finding_about_a_name_that_is_asked_about_is_not_asked_again():
    finding = {"level": "warning", "what": "第22项中“县银监会”请核实。", "suggest": None, "start": 140, "end": 144}
    kinds = [question.kind for question in questions_of({**PLAN, "findings": [finding]}, KNOWN)]
    assert kinds == ["doubtful_unit", "concerned_group"]


def test_a_unit_owes_once_in_its_strongest_role():
    lead, responsible = Named("lead", "县工信局"), Named("responsible", "县工信局")
    group = Named("responsible", "县直各部门")
    owed = shares_of([(responsible, ["gxj"], ""), (lead, ["gxj"], ""), (group, ["gxj", "czj"], "xzgbm")])
    assert owed == [Share("gxj", "lead"), Share("czj", "responsible", "xzgbm")]


def test_a_unit_named_itself_and_through_a_group_owes_as_itself():
    group, itself = Named("responsible", "县直各部门"), Named("responsible", "县财政局")
    assert shares_of([(group, ["czj"], "xzgbm"), (itself, ["czj"], "")]) == [Share("czj", "responsible")]


def test_oversight_watches_and_owes_nothing():
    assert shares_of([(Named("oversight", "县政府督查室"), ["dcs"], "")]) == []
