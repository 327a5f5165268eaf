"""Evidence is read by the evaluator's own unit alone until the evaluation is published."""

from __future__ import annotations

from django.db import migrations

from yingshang.kernel.audience import protect

READER = "(SELECT NULLIF(current_setting('ys.evaluation_unit', true), ''))"


def readable(table: str) -> str:
    """Return the policy of one table of evidence."""
    published = (
        f"EXISTS (SELECT 1 FROM evaluation_evaluation one WHERE one.id = {table}.evaluation_id"
        " AND one.published_at IS NOT NULL)"
    )
    return f"FOR SELECT USING (unit_code = {READER} OR {published})"


EVIDENCE = ("evaluation_value", "evaluation_settlement", "evaluation_askedchange", "evaluation_scoring")


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0001_initial")]

    operations = [
        protect(table, {"add": "FOR INSERT WITH CHECK (true)", "read": readable(table)}) for table in EVIDENCE
    ]
