"""The leading group and its special groups: who sits in them, what they do, which parts of the plan they look after."""

from django.db import models
from django.db.models import Q

from yingshang.kernel.org import Dated


class LeadingGroup(models.Model):
    """The leading group of a plan (领导小组), or a special group under it (专项组).

    The leading group is also a unit (``unit``), which issues notices and may
    owe; a special group is none: its members' units owe. Not to be confused
    with ``org.Group``, the name under which a document means many units.
    """

    class Kind(models.TextChoices):
        LEADING = "leading", "领导小组"
        SPECIAL = "special", "专项组"

    plan = models.ForeignKey("plan_tasks.Plan", on_delete=models.PROTECT, related_name="+")
    code = models.SlugField(max_length=40)
    kind = models.CharField(max_length=8, choices=Kind)
    title = models.CharField(max_length=120)
    unit = models.ForeignKey("org.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    duties = models.TextField(blank=True, default="", help_text="职责，一行一条")
    sections = models.JSONField(default=list, help_text="牵头的部分，按次序从1起")
    source = models.CharField(max_length=200, blank=True, default="", help_text="依据")
    todo = models.CharField(max_length=300, blank=True, default="", help_text="还没有依据的，要谁确认什么")

    class Meta:
        ordering = ["plan", "pk"]
        constraints = [
            models.UniqueConstraint(name="plan_tasks_leading_group_code_is_unique", fields=["plan", "code"]),
            models.UniqueConstraint(name="plan_tasks_one_leading_group", fields=["plan"], condition=Q(kind="leading")),
            models.CheckConstraint(
                name="plan_tasks_leading_group_is_a_unit",
                condition=Q(kind="leading", unit__isnull=False) | Q(kind="special", unit=None),
            ),
            models.CheckConstraint(
                name="plan_tasks_leading_group_sourced_or_to_do", condition=~Q(source="") | ~Q(todo="")
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Seat(Dated):
    """A member of a group from a day on (成员): a person, or whoever holds a post of a unit.

    Nobody is taken out of the list: a member who leaves has a last day, and a
    successor's seat names the one it follows.
    """

    class Role(models.TextChoices):
        LEADER = "leader", "组长"
        DEPUTY = "deputy", "副组长"
        MEMBER = "member", "成员"
        OFFICE = "office", "办公室"

    group = models.ForeignKey("plan_tasks.LeadingGroup", on_delete=models.PROTECT, related_name="seats")
    role = models.CharField(max_length=8, choices=Role)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    post = models.CharField(max_length=40, blank=True, default="", help_text="岗位代码，例如 unit-head；指定到人的为空")
    person = models.ForeignKey("org.Person", null=True, on_delete=models.PROTECT, related_name="+")
    follows = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=200, help_text="依据，例如文号")
    seated_at = models.DateTimeField()
    seated_by = models.CharField(max_length=80)
    end_reason = models.CharField(max_length=200, blank=True, default="")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=80, blank=True, default="")

    class Meta(Dated.Meta):
        ordering = ["group", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(name="plan_tasks_seat_has_a_first_day", condition=Q(valid_from__isnull=False)),
            models.CheckConstraint(
                name="plan_tasks_seat_is_a_post_or_a_person",
                condition=Q(person=None) & ~Q(post="") | Q(person__isnull=False, post=""),
            ),
            models.CheckConstraint(
                name="plan_tasks_seat_ended_by_somebody_with_a_reason",
                condition=Q(valid_to=None, ended_by="")
                | Q(valid_to__isnull=False) & ~Q(ended_by="") & ~Q(end_reason=""),
            ),
            models.UniqueConstraint(
                name="plan_tasks_seat_held_once",
                fields=["group", "unit", "post", "person"],
                condition=Q(valid_to=None),
                nulls_distinct=False,
            ),
            models.UniqueConstraint(
                name="plan_tasks_group_has_one_leader",
                fields=["group"],
                condition=Q(role="leader", valid_to=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.unit}"
