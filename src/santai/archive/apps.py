from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "santai.archive"
    verbose_name = "归档"

    def ready(self) -> None:
        from santai.archive.transparency.issuing import with_proof
        from santai.documents.copies import finishing

        finishing.append(with_proof)
