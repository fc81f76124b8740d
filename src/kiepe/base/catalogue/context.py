"""What every template may say of the city."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from kiepe.base.catalogue.pack import city as read_city


def city(request: HttpRequest) -> dict[str, object]:  # noqa: ARG001 - Django's signature
    """`city` and `demo`."""
    return {"city": read_city(), "demo": settings.DEMO}
