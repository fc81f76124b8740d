"""How gunicorn serves Kiepe. Address, port, number of workers and of threads come from whoever starts it."""

from __future__ import annotations

from kiepe.base.kernel.parent import end_with_parent

wsgi_app = "kiepe.config.wsgi:application"
preload_app = True
# Threads, so that a phone that sends photographs for minutes holds up nobody, and is not cut off by the timeout:
# with them it is the process that must stay alive, not the request.
worker_class = "gthread"
keepalive = 0
timeout = 60
graceful_timeout = 20
max_requests = 5000
max_requests_jitter = 500
loglevel = "warning"
control_socket_disable = True


def post_fork(_server: object, _worker: object) -> None:
    """A worker whose master was killed finishes its request and ends; else it would keep the port taken."""
    end_with_parent()
