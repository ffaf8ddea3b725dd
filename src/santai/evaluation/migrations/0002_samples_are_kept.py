from django.db import migrations

from santai.trust.immutable import forbid_changes


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0001_initial"), ("trust", "0001_initial")]
    operations = [
        forbid_changes("evaluation_sample"),
    ]
