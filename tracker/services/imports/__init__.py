"""Takes a dataset's files in, each as known on its date."""

from tracker.services.imports.take_in import ImportOutcome, ImportRequest, import_file

__all__ = ["ImportOutcome", "ImportRequest", "import_file"]
