"""The plan as published: editions, sections, tasks, who is assigned, and the duties that follow."""

from django.db import models
from django.db.models import Q


class Plan(models.Model):
    """A plan of a county (方案), through all its editions."""

    code = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.title


class Edition(models.Model):
    """One published wording of a plan (版本). A corrected notice makes the next one; nothing is edited."""

    plan = models.ForeignKey("plan_tasks.Plan", on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    reading = models.OneToOneField("plan_tasks.Reading", on_delete=models.PROTECT, related_name="edition")
    notice_title = models.CharField(max_length=300, blank=True)
    document_no = models.CharField(max_length=60, blank=True, help_text="文号")
    issuer = models.CharField(max_length=300, blank=True)
    issue_date = models.DateField(null=True)
    digest = models.CharField(max_length=64, help_text="发布内容的 SHA-256")
    published_on = models.DateField()
    published_by = models.CharField(max_length=80)
    superseded_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="plan_tasks_edition_number_is_unique", fields=["plan", "number"]),
            models.UniqueConstraint(
                name="plan_tasks_one_edition_in_force", fields=["plan"], condition=Q(superseded_on__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan} 第{self.number}版"


class Section(models.Model):
    """A system or chapter of the plan (保障体系、章), with the unit that leads it overall."""

    edition = models.ForeignKey("plan_tasks.Edition", on_delete=models.PROTECT, related_name="sections")
    place = models.PositiveIntegerField()
    label = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=300)
    overall_lead = models.JSONField(default=list, help_text="总牵头单位，照印")
    overall_leads = models.ManyToManyField("org.Unit", related_name="+")

    class Meta:
        ordering = ["edition", "place"]
        constraints = [models.UniqueConstraint(name="plan_tasks_section_place_is_unique", fields=["edition", "place"])]

    def __str__(self) -> str:
        return f"{self.label}{self.title}"


class Task(models.Model):
    """One task (任务), with its sentence as printed and where it stands in the notice."""

    edition = models.ForeignKey("plan_tasks.Edition", on_delete=models.PROTECT, related_name="tasks")
    section = models.ForeignKey("plan_tasks.Section", null=True, on_delete=models.PROTECT, related_name="tasks")
    place = models.PositiveIntegerField(help_text="在方案中的次序，从1起")
    number = models.CharField(max_length=20, blank=True, help_text="印出的序号")
    heading = models.CharField(max_length=600, blank=True, help_text="所在标题，由外到内")
    text = models.TextField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    is_open_list = models.BooleanField(default=False, help_text="“等”后面没有点名")

    class Meta:
        ordering = ["edition", "place"]
        constraints = [models.UniqueConstraint(name="plan_tasks_task_place_is_unique", fields=["edition", "place"])]

    def __str__(self) -> str:
        return f"第{self.number or self.place}项"


class Assignment(models.Model):
    """A unit or group named by a task in a role (分工), as printed and as resolved."""

    class Role(models.TextChoices):
        LEAD = "lead", "牵头单位"
        RESPONSIBLE = "responsible", "责任单位"
        SUPPORT = "support", "配合单位"
        OVERSIGHT = "oversight", "督导单位"
        INHERITED = "inherited", "统一要求的单位"

    task = models.ForeignKey("plan_tasks.Task", on_delete=models.PROTECT, related_name="assignments")
    place = models.PositiveIntegerField()
    role = models.CharField(max_length=12, choices=Role)
    printed = models.CharField(max_length=300)
    unit = models.ForeignKey("org.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey("org.Group", null=True, on_delete=models.PROTECT, related_name="+")
    is_lead_by_convention = models.BooleanField(default=False, help_text="按“排名第一为牵头”的注")

    class Meta:
        ordering = ["task", "place"]
        constraints = [
            models.UniqueConstraint(name="plan_tasks_assignment_is_unique", fields=["task", "role", "printed"]),
            models.CheckConstraint(
                name="plan_tasks_assignment_is_unit_or_group", condition=Q(unit__isnull=True) | Q(group__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}：{self.printed}"


class Nomination(models.Model):
    """A unit that the lead unit named for a group *concerned* (点名): “县直有关部门” means it from that day."""

    assignment = models.ForeignKey("plan_tasks.Assignment", on_delete=models.PROTECT, related_name="nominations")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    named_by = models.CharField(max_length=80)
    named_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(name="plan_tasks_named_once", fields=["assignment", "unit"])]

    def __str__(self) -> str:
        return f"{self.unit}"


class Passage(models.Model):
    """A measure, a cited text or a deadline inside a task, with its place in the notice."""

    class Kind(models.TextChoices):
        MEASURE = "measure", "举措"
        CITATION = "citation", "引用的文件"
        DEADLINE = "deadline", "完成时限"

    task = models.ForeignKey("plan_tasks.Task", on_delete=models.PROTECT, related_name="passages")
    place = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=Kind)
    text = models.TextField()
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    deadline_kind = models.CharField(max_length=8, blank=True, help_text="date、ongoing、period、unknown")
    due_date = models.DateField(null=True)

    class Meta:
        ordering = ["task", "place"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.text}"


class Duty(models.Model):
    """What a task makes one unit owe (分解到单位的任务), and the obligation that carries it.

    A unit named directly and again through a group owes once, in its
    strongest role. The next edition takes over obligations that still stand.
    """

    task = models.ForeignKey("plan_tasks.Task", on_delete=models.PROTECT, related_name="duties")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, choices=Assignment.Role)
    group = models.ForeignKey("org.Group", null=True, on_delete=models.PROTECT, related_name="+")
    obligation = models.ForeignKey("work.Obligation", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(name="plan_tasks_duty_is_unique", fields=["task", "unit", "obligation"])]

    def __str__(self) -> str:
        return f"{self.unit}：{self.task}"
