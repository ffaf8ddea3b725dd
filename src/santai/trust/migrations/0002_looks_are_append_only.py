from django.db import migrations

from santai.trust.immutable import forbid_changes


class Migration(migrations.Migration):
    dependencies = [("trust", "0001_initial")]
    operations = [forbid_changes("trust_sensitivelook")]
