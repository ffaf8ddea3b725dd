
import santai.trust.crypto
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='SavedInterview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(max_length=40, verbose_name='问答')),
                ('key_index', models.CharField(max_length=64)),
                ('key', santai.trust.crypto.SealedField(verbose_name='接续码')),
                ('phone_index', models.CharField(blank=True, default='', max_length=64)),
                ('answers', santai.trust.crypto.SealedField(default='{}', verbose_name='回答(JSON)')),
                ('started_at', models.DateTimeField(verbose_name='开始')),
                ('changed_at', models.DateTimeField(verbose_name='最后修改')),
                ('expires_on', models.DateField(verbose_name='到期删除')),
            ],
            options={
                'ordering': ['-changed_at', '-pk'],
                'indexes': [models.Index(fields=['expires_on'], name='savedinterview_expiring'), models.Index(condition=models.Q(('phone_index', ''), _negated=True), fields=['phone_index'], name='savedinterview_of_phone')],
                'constraints': [models.UniqueConstraint(models.F('key_index'), name='savedinterview_once_per_key')],
            },
        ),
    ]
