"""The page of an application on which documents are sent, put in order, turned, removed, or said not to be there.

Every button is a button of one plain form: whatever is pressed, files that were chosen and words that were typed are
taken in first, so that nothing of them is lost.
"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from kiepe.base.accounts.middleware import acting
from kiepe.base.documents.views import serve, serve_preview
from kiepe.base.forms.models import LackReason
from kiepe.base.forms.queries import file_for
from kiepe.base.forms.questions import Problem
from kiepe.base.kernel.refusal import Refused
from kiepe.cases.applying import CHECK, DOCUMENTS, Application, Block
from kiepe.cases.views.apply import render_page
from kiepe.cases.views.resume import holder

STEPS = {"earlier": -1, "later": 1}
TURNS = {"left": -90, "right": 90}  # degrees, clockwise


@holder
@require_http_methods(["GET", "POST"])
def documents(request: HttpRequest, service: str, draft: UUID) -> HttpResponse:
    """What the answers call for; each can be sent now, later, or not."""
    application = Application(acting(request), service, draft)
    if application.draft.submitted_at is not None:
        return redirect("cases:apply_sent", service, draft)
    return documents_of(request, application)


def documents_of(request: HttpRequest, application: Application) -> HttpResponse:
    """The documents of an application, or of a member's own part."""
    if not application.needs and not application.actor.is_staff:
        return redirect(application.url(CHECK))
    if request.method == "POST":
        return _take_in(request, application)
    blocks = application.blocks(application.raw.get(DOCUMENTS))
    context = {
        "blocks": blocks,
        "reasons": LackReason.choices,
        "problems": [problem for block in blocks for problem in _problems(block)],
        "heard": application.heard(),
        "previous": application.last_page(),
    }
    return render_page(request, "documents", application, DOCUMENTS, context)


def _problems(block: Block) -> list[Problem]:
    """What is wrong with one document, each with the field that it concerns."""
    found = [Problem(block.name, sentence) for sentence in block.problems]
    return [*found, Problem(f"grund-{block.name}", block.unsaid)] if block.unsaid else found


def _take_in(request: HttpRequest, application: Application) -> HttpResponse:
    """Files, then words, then the button that was pressed."""
    problems = _files(request, application)
    unsaid = application.keep_lacks(request.POST)
    place = _arrange(request, application)
    pressed = request.POST.get("action", "")
    if not place and not pressed.startswith("upload"):  # going on: only then is half a reason a problem
        problems |= {f"grund-{name}": [sentence] for name, sentence in unsaid.items()}
    application.note(DOCUMENTS, problems)
    if problems:
        return redirect(application.url(DOCUMENTS))
    if place or pressed.startswith("upload"):
        place = place or pressed.removeprefix("upload").removeprefix(" ")
        return redirect(f"{application.url(DOCUMENTS)}{'#' if place else ''}{place}")
    return redirect(application.url("pause" if pressed == "pause" else CHECK))


def _files(request: HttpRequest, application: Application) -> dict[str, list[str]]:
    """Take in every file that came; the sentences about those that could not be used, by block."""
    refused: dict[str, list[str]] = {}
    for block in application.blocks():
        for upload in request.FILES.getlist(block.name):
            try:
                application.attach(block.need, upload)
            except Refused as refusal:
                if refusal.status != 422:
                    raise
                sentence = " ".join(part for part in (refusal.why.rstrip(".") + ".", refusal.remedy) if part)
                refused.setdefault(block.name, []).append(f"{upload.name}: {sentence}")
    return refused


def _arrange(request: HttpRequest, application: Application) -> str:
    """Move, turn or remove the file whose button was pressed; where on the page to go on, empty where none was."""
    for verb, step in STEPS.items():
        if verb in request.POST:
            application.move(_file_id(request.POST[verb]), step)
            return f"b-{request.POST[verb]}"
    for verb, degrees in TURNS.items():
        if verb in request.POST:
            application.turn(_file_id(request.POST[verb]), degrees)
            return f"b-{request.POST[verb]}"
    if "remove" in request.POST:
        file_id = _file_id(request.POST["remove"])
        held = [block for block in application.blocks() if file_id in {one.stored_file_id for one in block.files}]
        application.detach(file_id)
        return f"{held[0].name}-block" if held else "antrag"
    return ""


def _file_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


@holder
@require_GET
def file(request: HttpRequest, service: str, draft: UUID, file: UUID) -> HttpResponse:  # noqa: ARG001 - the address
    """One file that was sent for this draft, to look at."""
    return serve(file_for(acting(request), draft, file).stored_file, download=False)


@holder
@require_GET
def preview(request: HttpRequest, service: str, draft: UUID, file: UUID) -> HttpResponse:  # noqa: ARG001 - the address
    """A small picture of its first page."""
    return serve_preview(file_for(acting(request), draft, file).stored_file)
