"""Inquiries, interviews, intervals; a unit reads its own statements, the names of interviewed enterprises nobody else."""

import django.db.models.deletion
from django.db import migrations, models

from yingshang.kernel.audience import protect

READER = "(SELECT NULLIF(current_setting('ys.evaluation_unit', true), ''))"
PUBLISHED = (
    "EXISTS (SELECT 1 FROM evaluation_evaluation one WHERE one.id = evaluation_value.evaluation_id"
    " AND one.published_at IS NOT NULL)"
)
BEFORE = f"unit_code = {READER} OR {PUBLISHED}"
AFTER = f"unit_code = {READER} OR stated_by = {READER} OR {PUBLISHED}"


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0002_sealed'),
        ('evaluation', '0002_readers'),
        ('org', '0001_initial'),
        ('work', '0003_licenses_are_revoked'),
    ]

    operations = [
        migrations.AddField(
            model_name='value',
            name='evidence_is_open',
            field=models.BooleanField(default=False, verbose_name='证据可以公开'),
        ),
        migrations.AddField(
            model_name='value',
            name='high',
            field=models.CharField(blank=True, default='', max_length=40, verbose_name='区间上端'),
        ),
        migrations.AddField(
            model_name='value',
            name='low',
            field=models.CharField(blank=True, default='', max_length=40, verbose_name='区间下端'),
        ),
        migrations.AddField(
            model_name='value',
            name='stated_by',
            field=models.CharField(blank=True, db_collation='C', default='', max_length=40, verbose_name='填报单位'),
        ),
        migrations.AddField(
            model_name='value',
            name='survey',
            field=models.CharField(blank=True, default='', max_length=40, verbose_name='问卷代号'),
        ),
        migrations.CreateModel(
            name='Inquiry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('no', models.PositiveSmallIntegerField(verbose_name='第几号函')),
                ('series', models.JSONField(verbose_name='数据项')),
                ('words', models.CharField(blank=True, max_length=400, verbose_name='要说明什么')),
                ('person', models.CharField(max_length=64, verbose_name='经手人')),
                ('at', models.DateTimeField(verbose_name='发出时间')),
                ('evaluation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inquiries', to='evaluation.evaluation')),
                ('obligation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='work.obligation')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit')),
            ],
            options={
                'ordering': ['no'],
            },
        ),
        migrations.AddField(
            model_name='value',
            name='inquiry',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='evaluation.inquiry'),
        ),
        migrations.CreateModel(
            name='Interview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('unit_code', models.CharField(db_collation='C', max_length=40)),
                ('no', models.PositiveSmallIntegerField(verbose_name='第几号访谈')),
                ('enterprise', models.CharField(max_length=120, verbose_name='企业名称')),
                ('described', models.CharField(max_length=100, verbose_name='公开的说法')),
                ('interviewer', models.CharField(max_length=120, verbose_name='访谈人')),
                ('interviewed_on', models.DateField(verbose_name='访谈日期')),
                ('has_consented', models.BooleanField(verbose_name='企业同意接受访谈并使用所说的数据')),
                ('at', models.DateTimeField(verbose_name='登记时间')),
                ('evaluation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interviews', to='evaluation.evaluation')),
                ('minutes', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document')),
            ],
            options={
                'ordering': ['no'],
            },
        ),
        migrations.AddField(
            model_name='value',
            name='interview',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evaluation.interview'),
        ),
        migrations.AddConstraint(
            model_name='value',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('high', ''), ('low', '')), models.Q(models.Q(('low', ''), _negated=True), models.Q(('high', ''), _negated=True)), _connector='OR'), name='evaluation_value_interval_has_both_ends'),
        ),
        migrations.AddConstraint(
            model_name='value',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('inquiry', None), ('stated_by', '')), models.Q(models.Q(('stated_by', ''), _negated=True), ('inquiry__isnull', False)), _connector='OR'), name='evaluation_value_stated_to_an_inquiry'),
        ),
        migrations.AddConstraint(
            model_name='inquiry',
            constraint=models.UniqueConstraint(fields=('evaluation', 'no'), name='evaluation_inquiry_numbered'),
        ),
        migrations.AddConstraint(
            model_name='interview',
            constraint=models.UniqueConstraint(fields=('evaluation', 'no'), name='evaluation_interview_numbered'),
        ),
        migrations.AddConstraint(
            model_name='interview',
            constraint=models.CheckConstraint(condition=models.Q(('has_consented', True)), name='evaluation_interview_with_consent'),
        ),
        migrations.AddConstraint(
            model_name='interview',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('described', ''), _negated=True), models.Q(('described__contains', models.F('enterprise')), _negated=True)), name='evaluation_interview_described_without_the_name'),
        ),
        migrations.RunSQL(
            f"ALTER POLICY read ON evaluation_value USING ({AFTER})",
            f"ALTER POLICY read ON evaluation_value USING ({BEFORE})",
        ),
        protect(
            "evaluation_interview",
            {"add": "FOR INSERT WITH CHECK (true)", "read": f"FOR SELECT USING (unit_code = {READER})"},
        ),
    ]
