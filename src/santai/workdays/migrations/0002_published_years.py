from django.db import migrations

from santai.workdays.imports import import_package_years


def load(apps, schema_editor):
    import_package_years(apps=apps)


class Migration(migrations.Migration):
    """Every installation starts with the years whose arrangement has been published."""

    dependencies = [("workdays", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
