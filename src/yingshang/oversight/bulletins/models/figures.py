"""The numbers of a bulletin, with the rows they were counted from."""

from __future__ import annotations

from django.db import models


class Taking(models.Model):
    """The numbers of a bulletin, all taken at one moment (取数). Taken again, it is another one."""

    append_only = True

    bulletin = models.ForeignKey("bulletins.Bulletin", on_delete=models.PROTECT, related_name="takings")
    as_of = models.DateField(help_text="数字反映哪一天")
    taken_at = models.DateTimeField()
    taken_by = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, help_text="全部数字和明细的SHA-256")

    def __str__(self) -> str:
        return f"{self.bulletin_id} {self.as_of}"


class Figure(models.Model):
    """One number as it stood on that day.

    rows: of each duty counted: id, title, unit, task_no, due, closed, lamp, why.
    A measure has no rows here; its frozen values name their sources.
    """

    append_only = True

    taking = models.ForeignKey("bulletins.Taking", on_delete=models.PROTECT, related_name="figures")
    place = models.PositiveIntegerField()
    key = models.CharField(max_length=80)
    title = models.CharField(max_length=120)
    about = models.CharField(max_length=340, blank=True, default="", help_text="哪个部分、哪个单位；空白为全县")
    shown = models.CharField(max_length=60, help_text="通报上印的样子")
    rows = models.JSONField(default=list)

    class Meta:
        ordering = ["taking", "place"]
        constraints = [models.UniqueConstraint(name="bulletins_figure_once", fields=["taking", "key", "about"])]

    def __str__(self) -> str:
        return f"{self.about}{self.title} {self.shown}"
