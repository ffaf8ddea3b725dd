from django.db import migrations

from santai.trust.immutable import forbid_changes


class Migration(migrations.Migration):
    dependencies = [("archive", "0001_initial"), ("trust", "0001_initial")]
    operations = [
        forbid_changes("archive_treeleaf"),
        forbid_changes("archive_treenode"),
        forbid_changes("archive_checkpoint"),
        forbid_changes("archive_dossierexport"),
    ]
