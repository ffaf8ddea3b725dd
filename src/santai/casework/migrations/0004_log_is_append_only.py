from django.db import migrations

from santai.trust.immutable import forbid_changes


class Migration(migrations.Migration):
    dependencies = [("casework", "0003_initial")]
    operations = [forbid_changes("casework_logentry")]
