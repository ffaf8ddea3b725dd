
import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('knowledge', '0001_initial'),
        ('people', '0003_groups_and_contact_rules'),
        ('registry', '0003_duty_places_and_shifts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('answer', '标准答复'), ('guide', '办事指南'), ('case', '典型案例'), ('policy', '政策文件')], max_length=10, verbose_name='种类')),
                ('slug', models.SlugField(max_length=80, unique=True, verbose_name='地址')),
                ('uses', models.PositiveIntegerField(default=0, verbose_name='看过的次数')),
                ('helped', models.PositiveIntegerField(default=0, verbose_name='说有用的次数')),
                ('not_helped', models.PositiveIntegerField(default=0, verbose_name='说没用的次数')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='entries', to='registry.organisation')),
                ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='registry.region')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='AskedQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True, verbose_name='摘要')),
                ('text', models.CharField(max_length=300, verbose_name='问题')),
                ('matter', models.CharField(blank=True, max_length=40, verbose_name='事项')),
                ('times', models.PositiveIntegerField(default=1, verbose_name='次数')),
                ('unanswered', models.PositiveIntegerField(default=0, verbose_name='没有好答案的次数')),
                ('first_asked_at', models.DateTimeField(verbose_name='第一次')),
                ('last_asked_at', models.DateTimeField(verbose_name='最近一次')),
                ('set_aside', models.BooleanField(default=False, verbose_name='不再列出')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='questions', to='knowledge.entry')),
            ],
            options={
                'ordering': ['-last_asked_at'],
            },
        ),
        migrations.CreateModel(
            name='EntryVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='版本号')),
                ('status', models.CharField(choices=[('draft', '草稿'), ('in_review', '待审核'), ('returned', '退回修改'), ('published', '已发布'), ('replaced', '已被新版替换'), ('withdrawn', '已撤下')], default='draft', max_length=10, verbose_name='状态')),
                ('title', models.CharField(max_length=120, verbose_name='标题')),
                ('asked', models.TextField(blank=True, verbose_name='群众的问法')),
                ('summary', models.CharField(max_length=300, verbose_name='一句话答复')),
                ('body', models.TextField(max_length=20000, verbose_name='正文')),
                ('matter', models.CharField(blank=True, max_length=40, verbose_name='事项')),
                ('topics', models.JSONField(blank=True, default=list, verbose_name='主题词')),
                ('service', models.CharField(blank=True, max_length=40, verbose_name='对应服务')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='来源')),
                ('issuer', models.CharField(blank=True, max_length=120, verbose_name='发布机关')),
                ('document_number', models.CharField(blank=True, max_length=60, verbose_name='文号')),
                ('issued_on', models.DateField(blank=True, null=True, verbose_name='发布日期')),
                ('review_by', models.DateField(blank=True, null=True, verbose_name='下次复核日期')),
                ('expires_on', models.DateField(blank=True, null=True, verbose_name='最后有效日期')),
                ('written_at', models.DateTimeField(auto_now_add=True, verbose_name='写成时间')),
                ('reviewed_at', models.DateTimeField(blank=True, null=True, verbose_name='审核时间')),
                ('review_note', models.CharField(blank=True, max_length=300, verbose_name='审核意见')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='撤下时间')),
                ('withdrawn_because', models.CharField(blank=True, max_length=300, verbose_name='撤下原因')),
                ('digest', models.CharField(blank=True, max_length=32, verbose_name='内容摘要')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='knowledge.entry')),
                ('reviewed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('written_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['entry', '-number'],
            },
        ),
        migrations.CreateModel(
            name='EntryCitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='次序')),
                ('law', models.CharField(max_length=200, verbose_name='法律')),
                ('place', models.CharField(max_length=40, verbose_name='条')),
                ('article', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='knowledge.article')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='citations', to='knowledge.entryversion')),
            ],
            options={
                'ordering': ['version', 'order'],
            },
        ),
        migrations.AddField(
            model_name='entry',
            name='published',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='published_as', to='knowledge.entryversion'),
        ),
        migrations.CreateModel(
            name='Helpfulness',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('article', models.CharField(blank=True, max_length=260, verbose_name='条文')),
                ('helped', models.BooleanField(verbose_name='有用')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entry', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='told', to='knowledge.entry')),
                ('question', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='told', to='knowledge.askedquestion')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('topic', models.CharField(blank=True, max_length=40, verbose_name='主题')),
                ('since', models.DateTimeField(verbose_name='订阅时间')),
                ('told_until', models.DateTimeField(blank=True, null=True, verbose_name='已通知到')),
                ('party', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.party')),
                ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='registry.region')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Synonym',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lay', models.CharField(max_length=40, unique=True, verbose_name='百姓的说法')),
                ('words', models.JSONField(blank=True, default=list, verbose_name='法律用语')),
                ('changed_at', models.DateTimeField(verbose_name='修改时间')),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['lay'],
            },
        ),
        migrations.AddIndex(
            model_name='askedquestion',
            index=models.Index(fields=['-times'], name='question_hot'),
        ),
        migrations.AddIndex(
            model_name='askedquestion',
            index=models.Index(fields=['-unanswered'], name='question_gap'),
        ),
        migrations.AddConstraint(
            model_name='entryversion',
            constraint=models.UniqueConstraint(models.F('entry'), models.F('number'), name='entry_version_once'),
        ),
        migrations.AddConstraint(
            model_name='entryversion',
            constraint=models.CheckConstraint(condition=models.Q(('reviewed_by__isnull', True), ('written_by__isnull', True), models.Q(('reviewed_by', models.F('written_by')), _negated=True), _connector='OR'), name='entry_reviewed_by_another'),
        ),
        migrations.AddConstraint(
            model_name='entrycitation',
            constraint=models.UniqueConstraint(models.F('version'), models.F('law'), models.F('place'), name='entry_citation_once'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['kind', 'region'], name='entry_of_kind'),
        ),
        migrations.AddConstraint(
            model_name='helpfulness',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('article', ''), ('entry__isnull', False)), models.Q(models.Q(('article', ''), _negated=True), ('entry__isnull', True)), _connector='OR'), name='helpfulness_of_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('party__isnull', True), ('user__isnull', False)), models.Q(('party__isnull', False), ('user__isnull', True)), _connector='OR'), name='subscription_of_one_person'),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.UniqueConstraint(models.F('user'), models.F('topic'), django.db.models.functions.comparison.Coalesce('region_id', models.Value(''), output_field=models.CharField()), name='subscription_once_of_user'),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.UniqueConstraint(models.F('party'), models.F('topic'), django.db.models.functions.comparison.Coalesce('region_id', models.Value(''), output_field=models.CharField()), name='subscription_once_of_party'),
        ),
    ]
