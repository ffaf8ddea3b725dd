
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0002_the_tree_is_append_only'),
        ('casework', '0008_notary_record'),
    ]

    operations = [
        migrations.CreateModel(
            name='BoundFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('standing', models.CharField(max_length=80)),
                ('sealed', models.BinaryField(blank=True, null=True)),
                ('bound_at', models.DateTimeField(verbose_name='装订时间')),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='bound_file', to='casework.case')),
            ],
        ),
    ]
