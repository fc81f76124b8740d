"""The notice goes out: PDF made, stored, sent its way, event, mail. A job; run twice or killed, it issues once.

A letter unless the person consented to the portal. A seal that cannot be had is tried again for a day; then a letter.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from kiepe.base.documents import actions as documents
from kiepe.base.documents.seal import chosen
from kiepe.base.documents.seal.port import Seal
from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import SYSTEM
from kiepe.base.kernel.refusal import Unavailable
from kiepe.cases import delivery, mail, record
from kiepe.cases.actions.opening import opened
from kiepe.cases.case_type import CaseType
from kiepe.cases.models import Because, Case, Delivery, NoticeDocument, Way
from kiepe.cases.notice import Notice
from kiepe.cases.transitions import Verb
from kiepe.cases.types import case_type

PURPOSE = "notice"
SEALED = "sealed notice"
PATIENCE = timedelta(days=1)  # how long a sealer may be down before the notice goes by post


def issue(case_id: int) -> bool:
    """Issue the notice of a decided case. True where it was done now, False where it had been done before.

    Raises Unavailable where the sealer is down; the job comes back.
    """
    document = NoticeDocument.objects.select_related("decision__case").get(decision__case=case_id)
    if document.issued_at is not None:
        return False
    case = document.decision.case
    kind, notice = case_type(case.case_type), Notice.from_data(document.notice)
    letter = kind.notice.pdf(notice)  # outside the lock: it takes a while, and so does the seal
    sealed, because = None, Because.DEFAULT
    if delivery.chosen_way(case) is Way.PORTAL:
        sealed = _sealed(document, kind, notice)
        because = Because.NO_SEAL if sealed is None else Because.CONSENT
    with opened(SYSTEM, case_id, Verb.ISSUED) as case:
        if sealed is not None and delivery.chosen_way(case) is not Way.PORTAL:
            sealed, because = None, Because.REVOKED  # while the seal was made
        _send(case, document, letter, sealed, because)
    return True


def _sealed(document: NoticeDocument, kind: CaseType, notice: Notice) -> bytes | None:
    """The PDF with a sentence about its seal, sealed; None where the sealer was down for too long."""
    seal = chosen.seal()
    assert seal is not None  # chosen_way
    try:
        return seal.seal(kind.notice.pdf(marked(notice, seal)), at=clock.now())
    except Unavailable:
        if clock.now() - document.decision.decided_at < PATIENCE:
            raise
        return None


def marked(notice: Notice, seal: Seal) -> Notice:
    """The notice as the portal has it: its last words say what seal it carries."""
    *before, last = notice.closing
    return replace(notice, closing=(*before, f"{last} {seal.words()}"))


def _send(case: Case, document: NoticeDocument, letter: bytes, sealed: bytes | None, because: Because) -> None:
    """Keep the files, write the delivery, the event and the mail; the caller holds the lock."""
    pdf, name = "application/pdf", f"Bescheid {case.number}.pdf"
    file = documents.keep(letter, name=name, content_type=pdf, purpose=PURPOSE)
    files = {str(file.pk): file.sha256}
    document.pdf, document.issued_at = file, clock.now()
    document.save(update_fields=["pdf", "issued_at"])
    sent = Delivery(case=case, way=Way.POST, because=because, created_at=clock.now())
    seal = chosen.seal()
    if sealed is not None and seal is not None:
        sent.way, sent.seal = Way.PORTAL, seal.name
        sent.sealed = documents.keep(sealed, name=name, content_type=pdf, purpose=SEALED)
        files[str(sent.sealed.pk)] = sent.sealed.sha256
    sent.save()
    case.closed_on = clock.today()
    event = record.append(case, Verb.ISSUED, SYSTEM, {"files": files, "delivery": delivery.said(sent)})
    if sent.way == Way.PORTAL:
        mail.ready_to_retrieve(case, sent)
    else:
        mail.news(case, event)
