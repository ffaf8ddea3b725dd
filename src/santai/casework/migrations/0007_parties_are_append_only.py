from django.db import migrations

from santai.trust.immutable import forbid_changes


class Migration(migrations.Migration):
    dependencies = [("casework", "0006_money_parties_interests"), ("trust", "0001_initial")]
    operations = [
        forbid_changes("casework_caseparty"),
    ]
