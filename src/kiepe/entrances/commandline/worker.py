"""`kiepe worker`: runs background jobs until it is ended; a job that was cut off runs again."""

from __future__ import annotations

import argparse
import os


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The options of `worker`."""
    parser = commands.add_parser(
        "worker",
        help="run background jobs (serve starts one)",
        description="Run background jobs until ended. Jobs that a killed worker left behind run again first.",
    )
    parser.add_argument("--until-empty", action="store_true", help="end when no job is left")


def run(arguments: argparse.Namespace) -> int:
    """Run jobs."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kiepe.config.settings")
    django.setup()
    from procrastinate.contrib.django import DjangoApp, app, connector_params
    from procrastinate.contrib.django.django_connector import DjangoConnector

    from kiepe.base.kernel import workers

    assert isinstance(app.connector, DjangoConnector)
    # An app of its own for the worker's bookkeeping. The tasks keep theirs, which is on Django's connection: what a
    # job defers goes with its transaction, here as in the web.
    own = DjangoApp(connector=app.connector.get_worker_connector())
    own.tasks, own.periodic_registry = app.tasks, app.periodic_registry
    own.job_manager = workers.LivingManager(own.connector, connector_params())
    own.run_worker(wait=not arguments.until_empty, listen_notify=not arguments.until_empty)
    return 0
