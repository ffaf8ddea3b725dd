from django.db import migrations

from santai.trust.immutable import forbid_changes

ISSUED = ("case_code", "kind", "number", "title", "body", "digest", "issued_at", "issued_by", "is_internal")
# A consent may be withdrawn, never reworded.
GIVEN = ("party_id", "case_code", "address", "channel", "given_at", "recorded_by")


class Migration(migrations.Migration):
    dependencies = [("documents", "0004_copies_service_signatures"), ("trust", "0001_initial")]
    operations = [
        forbid_changes("documents_letter", columns=ISSUED),
        forbid_changes("documents_lettercopy"),
        forbid_changes("documents_delivery"),
        forbid_changes("documents_signature"),
        forbid_changes("documents_electronicconsent", columns=GIVEN),
    ]
