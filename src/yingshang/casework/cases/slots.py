"""What cases put on pages of others."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from yingshang.kernel.parties import Actor
from yingshang.registers.catalogue import api as catalogue


def apply_link(_actor: Actor, version: catalogue.Version) -> list[tuple[str, str]]:
    """Return where an application for a version begins, for its guide."""
    return [(_("立即办理"), reverse("cases:apply_start", args=[version.slug]))]
