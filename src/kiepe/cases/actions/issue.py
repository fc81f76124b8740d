"""The notice goes out: PDF made, stored, event, mail. A job; run twice or killed in between, it issues once."""

from __future__ import annotations

from kiepe.base.documents import actions as documents
from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import SYSTEM
from kiepe.cases import mail, record
from kiepe.cases.actions.opening import opened
from kiepe.cases.models import NoticeDocument
from kiepe.cases.notice import Notice
from kiepe.cases.transitions import Verb
from kiepe.cases.types import case_type

PURPOSE = "notice"


def issue(case_id: int) -> bool:
    """Issue the notice of a decided case. True where it was done now, False where it had been done before."""
    document = NoticeDocument.objects.select_related("decision__case").get(decision__case=case_id)
    if document.issued_at is not None:
        return False
    kind = case_type(document.decision.case.case_type)
    pdf = kind.notice.pdf(Notice.from_data(document.notice))  # outside the lock: it takes a while
    with opened(SYSTEM, case_id, Verb.ISSUED) as case:
        file = documents.keep(pdf, name=f"Bescheid {case.number}.pdf", content_type="application/pdf", purpose=PURPOSE)
        document.pdf, document.issued_at = file, clock.now()
        document.save(update_fields=["pdf", "issued_at"])
        case.closed_on = clock.today()
        event = record.append(case, Verb.ISSUED, SYSTEM, {"files": {str(file.pk): file.sha256}})
        mail.news(case, event)
    return True
