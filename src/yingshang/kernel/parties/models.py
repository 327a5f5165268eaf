"""Parties and their mandates."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from yingshang.kernel.org import Dated


class Party(models.Model):
    """Whom a matter concerns (当事人): a natural person or a market entity.

    public_id: what addresses and other systems use. code_hash: keyed hash of
    the identity or credit code, to find a party again; the code itself is
    never stored here. person: the human being who is this party, if they log in.
    """

    class Kind(models.TextChoices):
        PERSON = "person", "自然人"
        ENTERPRISE = "enterprise", "企业"
        HOUSEHOLD = "household", "个体工商户"
        COOPERATIVE = "cooperative", "农民专业合作社"
        INSTITUTION = "institution", "事业单位"
        ASSOCIATION = "association", "社会组织"
        OTHER = "other", "其他组织"

    public_id = models.UUIDField("公开编号", unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("类别", max_length=12, choices=Kind)
    display_name = models.CharField("名称", max_length=120)
    code_hash = models.CharField("证件号码摘要", max_length=64, null=True, unique=True, editable=False)
    person = models.OneToOneField("org.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="party")
    is_demo = models.BooleanField("演示", default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="parties_party_only_a_person_is_a_person", condition=Q(person__isnull=True) | Q(kind="person")
            ),
        ]

    def __str__(self) -> str:
        return self.display_name


class Mandate(Dated):
    """A party lets a person act for it (委托): in everything, or in the kinds of matters named in ``scope``.

    scope: ``all``, or a kind of dossier. revoked_date: first day it no longer
    holds although ``valid_to`` promised more.
    """

    principal = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="mandates")
    agent = models.ForeignKey("org.Person", on_delete=models.PROTECT, related_name="mandates")
    scope = models.CharField("范围", max_length=60, default="all")
    revoked_date = models.DateField("撤回日", null=True, blank=True)

    class Meta(Dated.Meta):
        ordering = ["principal_id", "valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(name="parties_mandate_has_a_first_day", condition=Q(valid_from__isnull=False)),
            models.CheckConstraint(name="parties_mandate_names_its_scope", condition=~Q(scope="")),
            models.CheckConstraint(
                name="parties_mandate_revoked_after_it_began",
                condition=Q(revoked_date__isnull=True) | Q(revoked_date__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.principal_id}→{self.agent_id}"
