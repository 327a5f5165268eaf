"""Values open for the parties a statement names, and for nobody else: no report and no mistake can list people."""

from django.db import migrations

from yingshang.kernel.audience import protect

NAMED = "(SELECT string_to_array(NULLIF(current_setting('ys.profiles_parties', true), ''), ',')::bigint[])::bigint[]"


class Migration(migrations.Migration):
    dependencies = [("profiles", "0001_initial")]

    operations = [
        protect(
            "profiles_heldvalue",
            {
                "add": "FOR INSERT WITH CHECK (true)",
                "read": f"FOR SELECT USING (party_id = ANY ({NAMED}))",
            },
        ),
    ]
