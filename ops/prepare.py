"""What has to be there before the site starts: tables, the demo world. In one
interpreter, because a second start of Django costs seconds."""

import os

import django
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    django.setup()
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("Preparing the database …", flush=True)
        call_command("migrate", interactive=False, verbosity=0)
    connection.close()
    if os.environ.get("AUDITORIUM_DEMO", "1") == "1":
        call_command("demo", logins=False)  # they are told once the site answers


if __name__ == "__main__":
    main()
