"""Django's own commands, for development: .venv/bin/python manage.py makemigrations. Operators use script/kiepe."""

import os
import sys

if __name__ == "__main__":
    import tests.database  # noqa: F401 - a private PostgreSQL for the command
    from django.core.management import execute_from_command_line

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kiepe.config.settings")
    execute_from_command_line(sys.argv)
