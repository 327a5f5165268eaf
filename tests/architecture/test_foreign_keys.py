"""What import contracts cannot see: tables that point at each other, and models fetched by name."""

import re

from django.apps import apps
from tests.architecture.tree import CAPABILITY_TIERS, ROOT, SOURCE, modules, tier_of

ORDER = ["kernel", "registers", "casework", "conduct", "channels", "oversight"]
DJANGO = "django"


def below(tier: str) -> set[str]:
    """Return the tiers whose tables a tier may point at: those under it, and Django's accounts for the kernel."""
    siblings = {"channels", "oversight"}
    lower = set(ORDER[: ORDER.index(tier)])
    return (lower - siblings if tier in siblings else lower) | {DJANGO}


def test_foreign_keys_follow_the_arrows():
    for model in apps.get_models():
        tier = tier_of(model.__module__)
        if tier not in ORDER:
            continue
        for field in model._meta.get_fields():
            if not (field.is_relation and field.concrete) or field.related_model is None:
                continue
            target = field.related_model
            same = target._meta.app_label == model._meta.app_label
            lower = tier_of(target.__module__) in below(tier) or (tier == "kernel" == tier_of(target.__module__))
            assert same or lower, (
                f"{model.__name__}.{field.name} points at {target._meta.label}. A table of {tier} may point at "
                f"its own tables and those of {', '.join(sorted(below(tier)))}. "
                "Tell it by event instead: docs/architecture.md#sideways"
            )


def test_tables_protect_what_they_point_at():
    """PROTECT everywhere, unless the model says why not in ``cascades``: a reason for each field."""
    for model in apps.get_models():
        if tier_of(model.__module__) not in ORDER:
            continue
        for field in model._meta.concrete_fields:
            if field.remote_field is not None and field.name not in getattr(model, "cascades", {}):
                deed = getattr(field.remote_field.on_delete, "__name__", "")
                assert deed == "PROTECT", f"{model.__name__}.{field.name} is {deed}; PROTECT it or say why in cascades"


def test_models_are_fetched_by_name_in_migrations_only():
    offenders = [
        str(path.relative_to(ROOT))
        for path in modules()
        if re.search(r"\bapps\.get_model\(", path.read_text(encoding="utf-8"))
    ]
    assert offenders == []


def test_no_model_overrides_save_and_no_signal_is_received():
    pattern = re.compile(r"def (save|delete)\(self|@receiver|post_save|pre_save|m2m_changed")
    offenders = [
        f"{path.relative_to(ROOT)}: {found.group()}"
        for path in modules()
        if any(tier in path.relative_to(SOURCE).parts for tier in ("kernel", *CAPABILITY_TIERS))
        and (found := pattern.search(path.read_text(encoding="utf-8")))
    ]
    assert offenders == []
