from django.db import migrations

from yingshang.kernel.audience import seal_table


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial"), ("audience", "0002_sealed_count")]
    operations = [seal_table("documents_sealeddocument")]
