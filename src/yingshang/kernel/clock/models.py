"""Calendars and limits as published, and the clocks that run by them."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from yingshang.methods import dates


class Loading(models.Model):
    """One load that changed calendars or limits. The newest token tells a process that its snapshot is old."""

    append_only = True

    token = models.UUIDField(default=uuid.uuid4, unique=True)
    what = models.CharField(max_length=200)
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.what


class CalendarYear(models.Model):
    """One edition of a year's working days, as one or more notices of the State Council arrange them.

    The highest edition of a year is the one in force; an earlier one stays for
    whoever asks why a date was once computed otherwise. The days never change;
    what is said about them (numbers, whether they were compared) may.
    """

    web_rights = "SELECT, INSERT, UPDATE"

    year = models.PositiveSmallIntegerField()
    edition = models.PositiveSmallIntegerField(default=1)
    notice_nos = models.CharField(max_length=200, help_text="通知文号，多个之间用顿号")
    is_confirmed = models.BooleanField(help_text="文号和日期已对照通知原文")
    todo = models.TextField(blank=True, help_text="还要核对什么")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the days")
    loaded_by = models.CharField(max_length=80)
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "edition"], name="clock_calendar_year_one_per_edition"),
            models.CheckConstraint(condition=Q(edition__gte=1), name="clock_calendar_year_editions_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.year}年（{self.notice_nos}）"


class CalendarDay(models.Model):
    """A day that a notice made a day off or a working day."""

    append_only = True

    class Kind(models.TextChoices):
        OFF = "off", "放假"
        WORKED = "worked", "调休上班"

    calendar_year = models.ForeignKey("clock.CalendarYear", on_delete=models.PROTECT, related_name="days")
    date = models.DateField()
    kind = models.CharField(max_length=8, choices=Kind)
    name = models.CharField(max_length=40, blank=True, help_text="节日")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["calendar_year", "date"], name="clock_calendar_day_once"),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.get_kind_display()}"


class Limit(models.Model):
    """One edition of one time limit, as a text sets it. A changed text makes a new row, never a changed one.

    ``effective_to`` (the last day) may be filled in once, when a successor
    takes over; ``todo`` is a note and no part of the rule.
    """

    web_rights = "SELECT, INSERT, UPDATE"

    class Unit(models.TextChoices):
        WORKING_DAY = dates.Unit.WORKING_DAY.value, "工作日"
        DAY = dates.Unit.DAY.value, "日"
        HOUR = dates.Unit.HOUR.value, "小时"
        MONTH = dates.Unit.MONTH.value, "月"
        YEAR = dates.Unit.YEAR.value, "年"
        YEARLY = "yearly", "每年固定日期"

    class Bound(models.TextChoices):
        AT_MOST = "at_most", "不超过"
        AT_LEAST = "at_least", "不少于"

    class Direction(models.TextChoices):
        AFTER = "after", "之后"
        BEFORE = "before", "之前"

    class OnExpiry(models.TextChoices):
        """What the end of the period means."""

        DEEMED_ACCEPTED = "deemed_accepted", "视为受理"
        EXPLAIN = "explain", "亮红灯并说明原因"
        BLOCK = "block", "未满足不得进行下一步"
        ENDS = "ends", "到期自动终止"
        ALARM = "alarm", "只提醒"

    code = models.CharField(max_length=60)
    title = models.CharField(max_length=120)
    scope = models.CharField(max_length=40, help_text="_national, or the county whose own limit this is")
    amount = models.PositiveIntegerField(null=True, help_text="in the unit; empty for a fixed day of the year")
    unit = models.CharField(max_length=8, choices=Unit)
    minimum = models.PositiveIntegerField(null=True, help_text="smallest amount that may be set for one matter")
    maximum = models.PositiveIntegerField(null=True, help_text="largest amount that may be set for one matter")
    month = models.PositiveSmallIntegerField(null=True)
    day = models.PositiveSmallIntegerField(null=True)
    bound = models.CharField(max_length=10, choices=Bound, default=Bound.AT_MOST)
    direction = models.CharField(max_length=8, choices=Direction, default=Direction.AFTER)
    rolls = models.BooleanField(default=False, help_text="a last day that is a rest day moves to the next working day")
    start_event = models.CharField(max_length=80)
    on_expiry = models.CharField(max_length=16, choices=OnExpiry)
    extends = models.CharField(max_length=60, blank=True, help_text="code of the limit that this one lengthens")
    times = models.PositiveSmallIntegerField(null=True, help_text="how often one matter may be lengthened")
    approval = models.CharField(max_length=80, blank=True, help_text="who must approve")
    source_text = models.CharField(max_length=120, blank=True)
    source_article = models.CharField(max_length=80, blank=True)
    edition = models.DateField(null=True, help_text="date of the edition of the text")
    effective_from = models.DateField()
    effective_to = models.DateField(null=True)
    todo = models.TextField(blank=True)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the rule")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "effective_from"], name="clock_limit_one_edition_per_day"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(effective_to=None), name="clock_limit_one_open_edition"
            ),
            models.CheckConstraint(
                condition=Q(effective_to=None) | Q(effective_to__gte=F("effective_from")),
                name="clock_limit_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(unit="yearly", amount=None, month__range=(1, 12), day__range=(1, 31))
                | (~Q(unit="yearly") & Q(amount__gte=1, month=None, day=None)),
                name="clock_limit_an_amount_or_a_day_of_the_year",
            ),
            models.CheckConstraint(
                condition=Q(extends="", times=None) | (~Q(extends="") & Q(times__gte=1)),
                name="clock_limit_extensions_say_how_often",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def source(self) -> str:
        """The text and article as people cite it; empty where none is known."""
        return f"{self.source_text}{self.source_article}"

    @property
    def length(self) -> str:
        """The limit in words: ``20个工作日``, ``不少于30日``, ``7个工作日前``, ``每年3月31日前``."""
        if self.amount is None:
            return f"每年{self.month}月{self.day}日前"
        words = f"{self.amount}{dates.Unit(self.unit).word}"
        if self.minimum is not None and self.maximum is not None and self.minimum != self.maximum:
            words = f"{self.minimum}至{self.maximum}{dates.Unit(self.unit).word}"
        floor = "不少于" if self.bound == self.Bound.AT_LEAST else ""
        return f"{floor}{words}{'前' if self.direction == self.Direction.BEFORE else ''}"


class Clock(models.Model):
    """One period that runs: from an event, by one edition of a limit or to a date agreed in a text.

    ``due_date`` is the last day on time. While a pause is open nothing is due:
    ``paused_since`` says from which day, and both due fields are empty.
    """

    limit = models.ForeignKey("clock.Limit", null=True, on_delete=models.PROTECT, related_name="+")
    amount = models.PositiveIntegerField(null=True, help_text="the amount set for this matter, where the limit allows")
    agreed_date = models.DateField(null=True, help_text="last day as a text or agreement names it")
    started_on = models.DateField(help_text="the day of the event; not counted")
    started_at = models.DateTimeField(null=True, help_text="the moment of the event, for hours")
    due_date = models.DateField(null=True)
    due_at = models.DateTimeField(null=True, help_text="the moment the period ends, for hours")
    paused_since = models.DateField(null=True, help_text="first day that does not count, while a pause is open")
    provisional = models.BooleanField(default=False, help_text="a holiday notice still to come may move it")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(limit=None, agreed_date__isnull=False, amount=None)
                | Q(limit__isnull=False, agreed_date=None),
                name="clock_clock_by_a_limit_or_an_agreed_date",
            ),
            models.CheckConstraint(
                condition=Q(paused_since=None, due_date__isnull=False)
                | Q(paused_since__isnull=False, due_date=None, due_at=None),
                name="clock_clock_due_unless_paused",
            ),
        ]
        indexes = [models.Index(fields=["due_date"], condition=Q(provisional=True), name="clock_clock_provisional")]

    def __str__(self) -> str:
        return f"{self.limit.code if self.limit else '约定日期'}：{self.due_date or '已停止计时'}"


class Pause(models.Model):
    """Days of one clock that do not count, such as a hearing or an expert review; both ends are among them."""

    clock = models.ForeignKey("clock.Clock", on_delete=models.PROTECT, related_name="pauses")
    first_day = models.DateField()
    last_day = models.DateField(null=True, help_text="empty while the pause is open")
    kind = models.CharField(max_length=40, blank=True, help_text="key of the special procedure")
    reason = models.CharField(max_length=200)
    source = models.CharField(max_length=120, blank=True)
    entered_at = models.DateTimeField()
    entered_by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=F("first_day")),
                name="clock_pause_ends_after_it_begins",
            ),
            models.UniqueConstraint(fields=["clock"], condition=Q(last_day=None), name="clock_pause_one_open"),
        ]

    def __str__(self) -> str:
        return f"{self.first_day}起停止计时：{self.reason}"


class Extension(models.Model):
    """One lengthening of one clock: by an extension limit, or to a later agreed date; never without approval."""

    append_only = True

    clock = models.ForeignKey("clock.Clock", on_delete=models.PROTECT, related_name="extensions")
    limit = models.ForeignKey("clock.Limit", null=True, on_delete=models.PROTECT, related_name="+")
    amount = models.PositiveIntegerField(null=True)
    agreed_date = models.DateField(null=True)
    approved_by = models.CharField(max_length=80)
    reason = models.CharField(max_length=200)
    granted_on = models.DateField()
    entered_at = models.DateTimeField()
    entered_by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(limit=None, agreed_date__isnull=False)
                | Q(limit__isnull=False, agreed_date=None, amount__gte=1),
                name="clock_extension_by_a_limit_or_to_a_date",
            ),
            models.CheckConstraint(condition=~Q(approved_by=""), name="clock_extension_is_approved"),
        ]

    def __str__(self) -> str:
        return f"{self.granted_on}延长，{self.approved_by}批准"
