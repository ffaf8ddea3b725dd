from django.db import migrations

from santai.trust.immutable import forbid_changes

# What becomes known later, when and how it was served, stays open.
ISSUED = ("case_code", "kind", "number", "title", "body", "digest", "issued_at")


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_initial"), ("trust", "0001_initial")]
    operations = [forbid_changes("documents_letter", columns=ISSUED)]
