"""`kiepe worker`: runs background jobs until it is ended; a job that was cut off runs again."""

from __future__ import annotations

import argparse
import os


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The options of `worker`."""
    parser = commands.add_parser("worker", help="run background jobs (serve starts one)")
    parser.add_argument("--until-empty", action="store_true", help="end when no job is left")


def run(arguments: argparse.Namespace) -> int:
    """Run jobs."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kiepe.config.settings")
    django.setup()
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    connector = app.connector
    assert isinstance(connector, DjangoConnector)
    with app.replace_connector(connector.get_worker_connector()) as worker:
        worker.run_worker(wait=not arguments.until_empty, listen_notify=not arguments.until_empty)
    return 0
