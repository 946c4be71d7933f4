from celery import shared_task

from products import services
from products.selectors import imports_to_take_up


@shared_task
def run_import(import_id: int) -> None:
    services.run_import(import_id=import_id)


@shared_task
def resume_imports() -> None:
    """Beat's: an import whose message or worker was lost goes on where it stood."""
    for import_id in imports_to_take_up():
        run_import.delay(import_id)
