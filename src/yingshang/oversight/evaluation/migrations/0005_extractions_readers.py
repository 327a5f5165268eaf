"""What was found in event logs is read by the evaluator's own unit alone, also after publication."""

from __future__ import annotations

from django.db import migrations

from yingshang.kernel.audience import protect

READER = "(SELECT NULLIF(current_setting('ys.evaluation_unit', true), ''))"


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0004_extractions")]

    operations = [
        protect(
            "evaluation_extraction",
            {"add": "FOR INSERT WITH CHECK (true)", "read": f"FOR SELECT USING (unit_code = {READER})"},
        )
    ]
