"""Charges, what must go back, and the book of the simulated payment channel."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q


class Charge(models.Model):
    """One charge (收费): a row of the fee list as cited on its day, for a quantity, of one payer.

    ``values``, ``edition`` and ``digest`` say what the list said. A charge
    that a unit took outside the platform is entered with ``is_paper``; its
    ``row_code`` may be empty. Amounts in fen; ``amount_fen`` is what is asked
    after ``exempted_fen``. ``checked_edition``: the newest edition it was
    compared with.
    """

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    no = models.CharField("编号", max_length=40, unique=True)
    subject = models.CharField("事项", max_length=120, blank=True)
    matter = models.CharField("事项名称", max_length=200, blank=True)
    payer = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("类别", max_length=16, blank=True)
    row_code = models.CharField("清单编号", max_length=20, blank=True)
    name = models.CharField("收费项目", max_length=120)
    values = models.JSONField("引用的清单行", default=dict)
    edition = models.PositiveIntegerField("清单版次", default=0)
    digest = models.CharField(max_length=64, blank=True)
    quantity = models.DecimalField("数量", max_digits=12, decimal_places=2)
    amount_fen = models.PositiveBigIntegerField("应收（分）")
    exempted_fen = models.PositiveBigIntegerField("减免（分）", default=0)
    exempted_because = models.CharField("减免依据", max_length=200, blank=True)
    charged_on = models.DateField("收费日期")
    charged_at = models.DateTimeField()
    charged_by = models.CharField(max_length=80)
    is_paper = models.BooleanField("平台外收取", default=False)
    receipt_no = models.CharField("票据或流水号", max_length=80, blank=True)
    paid_at = models.DateTimeField("缴费时间", null=True)
    void_at = models.DateTimeField("作废时间", null=True)
    void_by = models.CharField(max_length=80, blank=True)
    void_because = models.CharField("作废原因", max_length=200, blank=True)
    checked_edition = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["unit", "-id"], name="fees_charges_of_unit"),
            models.Index(fields=["payer", "-id"], name="fees_charges_of_payer"),
            models.Index(fields=["charged_on", "unit"], name="fees_charges_by_day"),
            models.Index(fields=["checked_edition", "id"], name="fees_charges_to_check"),
            models.Index(fields=["subject"], name="fees_charges_of_matter", condition=~Q(subject="")),
        ]
        constraints = [
            models.CheckConstraint(name="fees_quantity_is_positive", condition=Q(quantity__gt=0)),
            models.CheckConstraint(
                name="fees_charge_cites_its_row", condition=Q(is_paper=True) | ~Q(row_code="") & ~Q(digest="")
            ),
            models.CheckConstraint(
                name="fees_exempted_with_a_ground",
                condition=Q(exempted_fen=0, exempted_because="") | Q(exempted_fen__gt=0) & ~Q(exempted_because=""),
            ),
            models.CheckConstraint(
                name="fees_paid_with_a_receipt",
                condition=Q(paid_at=None, receipt_no="") | ~Q(paid_at=None) & ~Q(receipt_no=""),
            ),
            models.CheckConstraint(
                name="fees_void_with_a_reason",
                condition=Q(void_at=None, void_because="", void_by="")
                | Q(void_at__isnull=False, paid_at=None) & ~Q(void_because="") & ~Q(void_by=""),
            ),
            models.UniqueConstraint(
                name="fees_receipt_once", fields=["unit", "receipt_no"], condition=~Q(receipt_no="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.no} {self.name}"


class Refund(models.Model):
    """What must go back of a charge (退费), why, and the proof that it did. The unit owes it by a date."""

    class Reason(models.TextChoices):
        ENDED = "ended", "取消、停征以后收取"
        OUTSIDE = "outside", "清单之外收取"
        OVERCHARGED = "overcharged", "高于清单标准（下限）"

    charge = models.OneToOneField("fees.Charge", on_delete=models.PROTECT, related_name="refund")
    reason = models.CharField("原因", max_length=12, choices=Reason)
    because = models.CharField("说明", max_length=300)
    due_fen = models.PositiveBigIntegerField("应退（分）")
    found_at = models.DateTimeField("发现时间")
    found_by = models.CharField(max_length=80)
    obligation = models.OneToOneField("work.Obligation", on_delete=models.PROTECT, related_name="+")
    repaid_at = models.DateTimeField("退还时间", null=True)
    repaid_by = models.CharField(max_length=80, blank=True)
    proof = models.CharField("退款凭证号", max_length=120, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="fees_refund_is_of_something", condition=Q(due_fen__gt=0)),
            models.CheckConstraint(
                name="fees_repaid_with_proof",
                condition=Q(repaid_at=None, proof="", repaid_by="")
                | Q(repaid_at__isnull=False, repaid_at__gte=F("found_at")) & ~Q(proof="") & ~Q(repaid_by=""),
            ),
        ]

    def __str__(self) -> str:
        return f"退 {self.charge_id}"


class SimulatedPayment(models.Model):
    """The book of the simulated payment channel (模拟缴费): what an outside cashier would say was paid."""

    append_only = True

    reference = models.CharField("流水号", max_length=40, unique=True)
    charge_no = models.CharField("缴费编号", max_length=40)
    amount_fen = models.PositiveBigIntegerField("金额（分）")
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["at"], name="fees_simulated_by_time")]

    def __str__(self) -> str:
        return self.reference
