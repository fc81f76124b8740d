"""How gunicorn serves Kiepe. Address, port and number of workers come from whoever starts it."""

from __future__ import annotations

from kiepe.base.kernel.parent import end_with_parent

wsgi_app = "kiepe.config.wsgi:application"
preload_app = True
worker_class = "sync"
timeout = 60
graceful_timeout = 20
max_requests = 5000
max_requests_jitter = 500
loglevel = "warning"
control_socket_disable = True


def post_fork(_server: object, _worker: object) -> None:
    """A worker whose master was killed finishes its request and ends; else it would keep the port taken."""
    end_with_parent()
