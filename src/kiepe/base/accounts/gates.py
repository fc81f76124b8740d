"""Who may enter a view. What is not yours does not exist (404); who is not signed in is sent to sign in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from kiepe.base.accounts.middleware import acting
from kiepe.base.kernel.actor import Role

View = Callable[..., HttpResponse]


def staff_only(*roles: Role) -> Callable[[View], View]:
    """Staff with one of `roles` (any role where none is named). Citizens get 404, strangers the staff sign-in."""

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            actor = acting(request)
            if actor.is_staff and (not roles or actor.has(*roles)):
                return view(request, *args, **kwargs)
            if actor.account is None:
                return redirect(f"{reverse('accounts:staff_sign_in')}?{urlencode({'weiter': request.path})}")
            raise Http404

        return guarded

    return wrap
