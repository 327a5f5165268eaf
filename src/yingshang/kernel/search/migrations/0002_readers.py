from django.db import migrations

from yingshang.kernel.audience import READABLE, protect

SUBJECT = "subject = (SELECT NULLIF(current_setting('ys.search_subject', true), ''))"

# The words asked for are part of the policy. PostgreSQL applies a policy before every
# condition of the query whose function is not leakproof, and @@ is not: as a condition
# beside the policy it could never use the index. Inside the policy it can.
ASKED = "tokens @@ (SELECT NULLIF(current_setting('ys.search_words', true), '')::tsquery)"


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [
        protect(
            "search_searchrow",
            {
                "find": f"FOR SELECT USING ({ASKED} AND {READABLE})",
                "write": f"FOR ALL USING ({SUBJECT}) WITH CHECK ({SUBJECT})",
            },
        )
    ]
