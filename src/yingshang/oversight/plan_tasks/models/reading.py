"""A notice as it was read, and the questions that a person settles before it is published."""

from django.db import models
from django.db.models import Q


class Reading(models.Model):
    """One reading of one document (一次读取): its text, what the grammar found in it, and how far it got.

    The text and the result never change. A document that was read wrongly is
    read again; the earlier reading is set aside and stays.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "待核对"
        CONFIRMED = "confirmed", "已确认"
        PUBLISHED = "published", "已发布"
        SET_ASIDE = "set_aside", "已作废"

    file_name = models.CharField(max_length=200)
    document = models.ForeignKey("documents.Document", null=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(help_text="读出的全文，位置按字符计")
    text_digest = models.CharField(max_length=64, help_text="全文的 SHA-256")
    result = models.JSONField(help_text="plan/1")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    read_by = models.CharField(max_length=80)
    read_at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=80, blank=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="plan_tasks_reading_names_who_confirmed_it",
                condition=Q(state__in=["waiting", "set_aside"]) | Q(confirmed_at__isnull=False) & ~Q(confirmed_by=""),
            ),
            models.UniqueConstraint(
                name="plan_tasks_one_open_reading_of_a_text",
                fields=["text_digest"],
                condition=Q(state__in=["waiting", "confirmed"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} {self.get_state_display()}"


class Question(models.Model):
    """One thing in a reading that a person must settle (待核对问题)."""

    class Kind(models.TextChoices):
        UNKNOWN_UNIT = "unknown_unit", "名录中没有这个单位"
        DOUBTFUL_UNIT = "doubtful_unit", "单位名称需要核实"
        CONCERNED_GROUP = "concerned_group", "“有关”单位尚未点名"
        FINDING = "finding", "原文疑问"

    class Answer(models.TextChoices):
        KEEP = "keep", "照原文保留"
        UNIT = "unit", "就是这个单位"
        NOBODY = "nobody", "不落实到单位"

    reading = models.ForeignKey("plan_tasks.Reading", on_delete=models.PROTECT, related_name="questions")
    place = models.PositiveIntegerField(help_text="在读取结果中的次序")
    kind = models.CharField(max_length=16, choices=Kind)
    printed = models.CharField(max_length=300, help_text="原文中的字样")
    said = models.TextField(help_text="问题是什么")
    suggestion = models.TextField(blank=True)
    task_place = models.PositiveIntegerField(null=True, help_text="所在任务的次序")
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    answer = models.CharField(max_length=8, choices=Answer, blank=True)
    unit = models.ForeignKey("org.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    answered_by = models.CharField(max_length=80, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["reading", "place"]
        constraints = [
            models.UniqueConstraint(name="plan_tasks_question_place_is_unique", fields=["reading", "place"]),
            models.CheckConstraint(
                name="plan_tasks_answer_names_who_and_when",
                condition=Q(answer="", answered_at__isnull=True) | ~Q(answer="") & Q(answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="plan_tasks_unit_goes_with_its_answer",
                condition=Q(answer="unit", unit__isnull=False) | ~Q(answer="unit") & Q(unit__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.printed}"
