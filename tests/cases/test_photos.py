"""One document of several photographs: put in order, turned, removed before sending; added to, never changed after."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image
from pytest_django import Settings

from kiepe.base.accounts.middleware import CASES
from kiepe.base.documents import actions as documents
from kiepe.base.documents import tasks
from kiepe.base.documents.adapters.demo import EICAR
from kiepe.base.documents.models import Scan, StoredFile
from kiepe.base.forms import actions as drafts
from kiepe.base.forms.models import DraftFile, DraftLack, LackReason
from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor, ActorKind
from kiepe.base.kernel.refusal import Refused
from kiepe.cases import actions, pages, privacy, queries, verify
from kiepe.cases.models import Case, EvidenceFile, EvidenceItem, EvidenceState
from kiepe.cases.transitions import State
from tests.cases.conftest import a_draft, hand_in_all, photo, who_filled_in
from tests.cases.desk_client import at_desk, page_of
from tests.cases.test_apply import Browser
from tests.documents.papers import plain_pdf, upload

pytestmark = pytest.mark.django_db
Submitted = Callable[..., tuple[Actor, Case]]
CONTRACT = "datei-rental_contract"


@pytest.fixture
def browser(settings: Settings, example: None) -> Browser:
    settings.CASE_TYPES = ["tests.cases.applying.PROBE"]
    made = Browser()
    made.fill()
    return made


def send(browser: Browser, *colours: str, **more: Any) -> str:
    return browser.post("unterlagen/", {CONTRACT: [photo(f"{one}.png", one) for one in colours], **more})


def order(browser: Browser) -> list[str]:
    """The names as the page shows them, in its order."""
    return re.findall(r'<span class="ms-muted ms-small">([^<]+)\.pdf</span>', browser.get("unterlagen/"))


def file_named(name: str) -> StoredFile:
    return StoredFile.objects.get(name=f"{name}.pdf")


def test_three_photographs_are_one_document_in_words_and_pictures(browser: Browser) -> None:
    send(browser, "red", "green", "blue", action="upload")
    page = browser.get("unterlagen/")
    assert "3 Fotos, zusammen ein Dokument" in page
    assert [f"Seite {number}</b>" in page for number in (1, 2, 3)] == [True] * 3
    for one in StoredFile.objects.all():
        small = browser.client.get(f"{browser.base}datei/{one.pk}/bild/")
        assert (small.status_code, small.headers["Content-Type"]) == (200, "image/jpeg")
        assert small.headers["Cache-Control"] == "no-store"
        assert Browser().client.get(f"{browser.base}datei/{one.pk}/bild/").status_code == 404
    assert "3 Fotos, zusammen ein Dokument" in browser.get("pruefen/")


def test_up_down_turn_and_remove_are_buttons(browser: Browser) -> None:
    send(browser, "red", "green", "blue", action="upload")
    assert order(browser) == ["red", "green", "blue"]
    blue = file_named("blue")
    assert browser.post("unterlagen/", {"earlier": str(blue.pk)}) == f"unterlagen/#b-{blue.pk}"
    assert order(browser) == ["red", "blue", "green"]
    browser.post("unterlagen/", {"later": str(file_named("red").pk)})
    assert order(browser) == ["blue", "red", "green"]
    browser.post("unterlagen/", {"earlier": str(blue.pk)})  # it is the first already
    assert order(browser) == ["blue", "red", "green"]
    for step, turned in (("right", 90), ("right", 180), ("left", 90), ("left", 0), ("left", 270)):
        browser.post("unterlagen/", {step: str(blue.pk)})
        assert file_named("blue").turn == turned
    assert "kd-turn-270" in browser.get("unterlagen/")
    browser.post("unterlagen/", {"remove": str(file_named("red").pk)})
    assert order(browser) == ["blue", "green"]
    send(browser, "grey", action="upload")
    assert order(browser) == ["blue", "green", "grey"]


def test_another_person_moves_turns_and_removes_nothing(browser: Browser) -> None:
    send(browser, "red", "green", action="upload")
    other, red = Browser(), file_named("red")
    other.fill()
    for verb in ("later", "left", "remove"):
        other.post("unterlagen/", {verb: str(red.pk)})
    assert order(browser) == ["red", "green"]
    assert file_named("red").turn == 0
    stranger = Actor(ActorKind.CITIZEN)
    with pytest.raises(Http404):
        drafts.turn(stranger, browser.draft().pk, red.pk, 90)


def test_whatever_is_pressed_files_and_words_come_first(browser: Browser) -> None:
    """A photograph is chosen and a reason typed, then a page of the document above is turned."""
    send(browser, "red", action="upload")
    red = file_named("red")
    said = {"wie-datei-id_card-applicant": "lack"}
    send(browser, "green", right=str(red.pk), **said)
    assert order(browser) == ["red", "green"]
    assert file_named("red").turn == 90


def test_thirty_pages_and_no_more(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "MAX_OF_DOCUMENT", 2)
    assert send(browser, "red", "green", "blue", action="upload") == "unterlagen/"
    page = browser.get("unterlagen/")
    assert "blue.png: Zu diesem Dokument sind schon 2 Dateien da." in page
    assert StoredFile.objects.count() == 2


def test_i_do_not_have_it_because(browser: Browser) -> None:
    """Later is what nothing is said. Half a reason is asked for when going on; meanwhile it is kept."""
    page = browser.get("unterlagen/")
    assert re.search(rf'name="wie-{CONTRACT}" value="later" checked', page)
    for reason in LackReason.labels:
        assert f"… {reason}" in page
    how = {f"wie-{CONTRACT}": "lack", f"worte-{CONTRACT}": "Alles mündlich, seit 1998."}
    assert browser.post("unterlagen/", how) == "unterlagen/"
    page = browser.get("unterlagen/")
    assert "Wählen Sie bitte aus, warum" in page
    assert f'href="#grund-{CONTRACT}"' in page
    assert "Alles mündlich, seit 1998." in page
    assert browser.post("unterlagen/", {**how, f"grund-{CONTRACT}": "never"}) == "pruefen/"
    page = browser.get("pruefen/")
    assert "Haben Sie nicht, weil es das nie auf Papier gab" in page
    assert "Alles mündlich, seit 1998." in page
    assert browser.post("unterlagen/", {f"wie-{CONTRACT}": "lack", f"grund-{CONTRACT}": "other"}) == "unterlagen/"
    assert "in einem Satz" in browser.get("unterlagen/")
    assert browser.post("unterlagen/", {f"wie-{CONTRACT}": "later"}) == "pruefen/"
    assert not DraftLack.objects.exists()
    browser.post("unterlagen/", {**how, f"grund-{CONTRACT}": "lost"})
    send(browser, "red", action="upload")  # found after all
    assert not DraftLack.objects.exists()


def test_what_may_be_blacked_out_stands_beside_the_document(browser: Browser) -> None:
    page = browser.get("unterlagen/")
    assert "Das dürfen Sie schwärzen:" in page
    assert "alles außer dieser Miete" in page


def evidence(case: Case, key: str = "rental_contract") -> EvidenceItem:
    return EvidenceItem.objects.get(case=case, key=key)


def with_pages(*colours: str, turned: str = "") -> Case:
    """A case whose contract is these pictures, in this order, sent in the opposite one."""
    draft = a_draft()
    actor = who_filled_in(draft)
    for colour in reversed(colours):
        kept = drafts.attach(actor, draft.pk, "rental_contract", "", photo(f"{colour}.png", colour))
        for _ in range(len(colours)):
            drafts.move(actor, draft.pk, kept.stored_file_id, -1)
        if colour == turned:
            drafts.turn(actor, draft.pk, kept.stored_file_id, 90)
    return actions.submit(actor, draft).case


def colour_of(image: Image.Image) -> tuple[int, int, int]:
    found = image.convert("RGB").getpixel((image.width // 2, image.height // 2))
    assert isinstance(found, tuple)
    return tuple(round(part / 255) for part in found)  # type: ignore[return-value]  # RGB: three of them


def test_the_desk_sees_one_document_in_the_persons_order(decider: Actor) -> None:
    case = with_pages("red", "lime", "blue", turned="lime")
    item, client = evidence(case), at_desk(decider)
    html = client.get(page_of(case, f"unterlagen/{item.pk}/")).content.decode()
    assert "3 Fotos, zusammen ein Dokument" in html
    alts = re.findall(r'alt="(Seite[^"]+)"', html)
    assert alts == ["Seite 1 von 3, aus red.pdf", "Seite 2 von 3, aus lime.pdf", "Seite 3 von 3, aus blue.pdf"]
    sizes = []
    for url in re.findall(r'src="([^"]+/seite/1/)"', html):
        with Image.open(io.BytesIO(client.get(url).content)) as shown:
            sizes.append((colour_of(shown), shown.width > shown.height))
    upright, lying = False, True  # pictures of 60 x 80, the second one turned
    assert sizes == [((1, 0, 0), upright), ((0, 1, 0), lying), ((0, 0, 1), upright)]
    whole = client.get(page_of(case, f"unterlagen/{item.pk}/dokument.pdf"))
    assert whole.headers["Content-Type"] == "application/pdf"
    with pypdfium2.PdfDocument(whole.content) as pdf:
        drawn = [page.render(scale=1).to_pil() for page in pdf]
    assert [(colour_of(one), one.width > one.height) for one in drawn] == sizes
    assert verify.verify().findings == ()


def test_another_unit_gets_no_page_of_it(outsider: Actor) -> None:
    case = with_pages("red", "blue")
    for path in ("", "dokument.pdf"):
        assert at_desk(outsider).get(page_of(case, f"unterlagen/{evidence(case).pk}/{path}")).status_code == 404


def test_after_sending_pages_are_added_at_the_end_and_nothing_changes_before_them() -> None:
    case = with_pages("red", "blue")
    applicant, item = Actor(ActorKind.CITIZEN, cases=frozenset({case.pk})), evidence(case)
    actions.attach(applicant, case.pk, item.pk, [photo("lime.png", "lime")])
    assert [one.stored_file.name for one in item.files.all()] == ["red.pdf", "blue.pdf", "lime.pdf"]
    again = actions.attach(applicant, case.pk, item.pk, [photo("lime.png", "lime")])  # a double click
    assert [one.name for one in again.files] == ["lime.pdf"]  # the one that is there
    assert item.files.count() == 3
    draft_id = UUID(str(case.draft))
    for change in (drafts.move, drafts.turn):
        with pytest.raises((Http404, Refused)):
            change(applicant, draft_id, item.files.all()[0].stored_file_id, 1)
    assert verify.verify().findings == ()


@pytest.mark.parametrize("tamper", ["turn", "order", "other document"])
def test_verifying_finds_pages_that_were_turned_or_moved_later(tamper: str) -> None:
    case = with_pages("red", "blue")
    first = evidence(case).files.all()[0]
    if tamper == "turn":
        documents.turn(first.stored_file, 180)
    elif tamper == "order":
        EvidenceFile.objects.filter(pk=first.pk).update(position=7)
    else:
        EvidenceFile.objects.filter(pk=first.pk).update(item=evidence(case, "dog_licence"))
    (finding,) = verify.verify().findings
    assert str(first.stored_file_id) in finding


def lacking(case: Case, *, why: str = "refused", words: str = "Der Vermieter gibt ihn mir nicht.") -> Actor:
    applicant = Actor(ActorKind.CITIZEN, cases=frozenset({case.pk}))
    actions.explain_lack(applicant, case.pk, evidence(case).pk, why=why, words=words)
    case.refresh_from_db()
    return applicant


def test_a_reason_from_the_draft_stands_at_the_desk_and_settles_nothing(decider: Actor) -> None:
    draft = a_draft(dog=False, members=[])
    actor = who_filled_in(draft)
    drafts.lack(actor, draft.pk, "rental_contract", "", "danger", "Er schlägt mich.")
    case = actions.submit(actor, draft).case
    item = evidence(case)
    assert (item.state, item.lack, item.lack_words) == (EvidenceState.LACKING, "danger", "Er schlägt mich.")
    assert (case.state, case.docs_settled, case.docs_needed) == (State.RECEIVED, 0, 1)
    assert not DraftLack.objects.exists()
    html = at_desk(decider).get(page_of(case, f"unterlagen/{item.pk}/")).content.decode()
    assert "weil es für mich gefährlich ist, danach zu fragen." in html
    assert "Er schlägt mich." in html
    assert "liegt nicht vor" in html
    assert not re.search(rf'id="n-{item.pk}"[^>]* checked', html)  # what is not there is not asked for again by itself
    assert verify.verify().findings == ()


def test_half_a_reason_counts_as_later() -> None:
    draft = a_draft()
    actor = who_filled_in(draft)
    drafts.lack(actor, draft.pk, "rental_contract", "", "", "Ich suche noch.")
    assert evidence(actions.submit(actor, draft).case).state == EvidenceState.MISSING


def test_a_case_that_waits_is_looked_at_again_once_everything_is_answered(submitted: Submitted, decider: Actor) -> None:
    applicant, case = submitted(dog=True, members=[])
    wanted = [item.pk for item in EvidenceItem.objects.filter(case=case)]
    due = clock.today() + timedelta(days=14)
    actions.request_evidence(decider, case.pk, wanted, words="", due=due, version=case.version)
    lacking(case)
    assert case.state == State.WAITING  # the licence is still to come
    actions.attach(applicant, case.pk, evidence(case, "dog_licence").pk, [photo()])
    case.refresh_from_db()
    assert case.state == State.RECEIVED
    actions.waive_evidence(decider, case.pk, evidence(case).pk, reason="Mietzahlungen belegt.", version=case.version)
    case.refresh_from_db()
    assert case.state == State.READY
    assert verify.verify().findings == ()


def test_a_substitute_can_be_asked_for_and_the_paper_may_turn_up(submitted: Submitted, decider: Actor) -> None:
    _applicant, case = submitted()
    applicant = lacking(case)
    due = clock.today() + timedelta(days=14)
    actions.request_evidence(
        decider, case.pk, [evidence(case).pk], words="Drei Kontoauszüge genügen.", due=due, version=case.version
    )
    assert evidence(case).state == EvidenceState.REQUESTED
    actions.attach(applicant, case.pk, evidence(case).pk, [photo()])
    found = evidence(case)
    assert (found.state, found.lack, found.lack_words) == (EvidenceState.RECEIVED, "", "")
    assert verify.verify().findings == ()


@pytest.mark.parametrize(
    ("why", "words", "says"), [("", "x", "Wählen Sie"), ("other", " ", "Satz"), ("weil", "", "Wählen")]
)
def test_a_reason_is_asked_for_and_what_was_typed_stays(submitted: Submitted, why: str, words: str, says: str) -> None:
    applicant, case = submitted()
    with pytest.raises(Refused) as said:
        actions.explain_lack(applicant, case.pk, evidence(case).pk, why=why, words=words)
    assert says in said.value.fields["why"]
    assert evidence(case).state == EvidenceState.MISSING


def test_only_the_applicant_explains_and_only_what_is_not_there(
    submitted: Submitted, decider: Actor, stranger: Actor
) -> None:
    applicant, case = submitted()
    item = evidence(case)
    for actor in (decider, stranger):
        with pytest.raises(Http404):
            actions.explain_lack(actor, case.pk, item.pk, why="lost", words="")
    hand_in_all(applicant, case)
    with pytest.raises(Refused):
        actions.explain_lack(applicant, case.pk, item.pk, why="lost", words="")


def test_the_status_page_takes_the_reason_and_shows_it(submitted: Submitted) -> None:
    _applicant, case = submitted()
    client, item = Client(), evidence(case)
    client.get("/meine-vorgaenge/oeffnen/")
    session = client.session
    session[CASES] = [case.pk]
    session.save()
    client.cookies["kiepe"] = session.session_key or ""
    at = f"/meine-vorgaenge/{case.number}/unterlagen/{item.pk}/fehlt/"
    bad = client.post(at, {f"worte-{item.pk}": "Beim Umzug verloren."})
    assert bad.status_code == 422
    assert "Beim Umzug verloren." in bad.content.decode()
    good = client.post(at, {f"grund-{item.pk}": "lost", f"worte-{item.pk}": "Beim Umzug verloren."})
    assert good.status_code == 302
    page = client.get(good.headers["Location"]).content.decode()
    assert "Danke, wir haben gelesen, warum Sie das nicht haben:" in page
    assert "Ich habe das nicht, weil ich es verloren habe." in page
    said = privacy_of(case)
    assert "Beim Umzug verloren." in said


def privacy_of(case: Case) -> str:
    return str(privacy._said(case))


def test_verifying_finds_a_reason_that_was_changed(submitted: Submitted) -> None:
    _applicant, case = submitted()
    lacking(case)
    assert verify.verify().findings == ()
    EvidenceItem.objects.filter(case=case, key="rental_contract").update(lack_words="Ich will nicht.")
    (finding,) = verify.verify().findings
    assert "Grund" in finding


def unchecked(settings: Settings, data: bytes) -> SimpleUploadedFile:
    """A file to send while the scanner is down."""
    settings.VIRUS_SCANNER = "kiepe.base.documents.adapters.failing_demo.FailingScanner"
    return upload(data, "Brief.pdf")


def test_a_virus_found_later_locks_the_file_and_asks_anew(
    submitted: Submitted, settings: Settings, decider: Actor
) -> None:
    applicant, case = submitted(dog=False, members=[])
    actions.attach(applicant, case.pk, evidence(case).pk, [unchecked(settings, plain_pdf() + EICAR)])
    html = at_desk(decider).get(page_of(case, f"unterlagen/{evidence(case).pk}/")).content.decode()
    assert "noch nicht auf Viren geprüft" in html
    settings.VIRUS_SCANNER = "kiepe.base.documents.adapters.demo.DemoScanner"
    tasks.scan_pending(0)
    case.refresh_from_db()
    item = evidence(case)
    assert (case.state, item.state) == (State.WAITING, EvidenceState.RETURNED)
    assert "Virus" in item.reason
    html = at_desk(decider).get(page_of(case, f"unterlagen/{item.pk}/")).content.decode()
    assert "Virus gefunden, gesperrt" in html
    held = item.files.all()[0].stored_file_id
    assert at_desk(decider).get(page_of(case, f"datei/{held}/")).status_code == 409
    assert "Virus" in queries.events(applicant, case)[0].sentence
    actions.attach(applicant, case.pk, item.pk, [photo()])
    case.refresh_from_db()
    assert case.state == State.READY
    assert verify.verify().findings == ()


def test_a_virus_found_in_a_draft_is_not_sent(browser: Browser, settings: Settings) -> None:
    browser.post("unterlagen/", {CONTRACT: unchecked(settings, plain_pdf() + EICAR), "action": "upload"})
    assert "noch nicht auf Viren geprüft" in browser.get("unterlagen/")
    settings.VIRUS_SCANNER = "kiepe.base.documents.adapters.demo.DemoScanner"
    tasks.scan_pending(0)
    page = browser.get("unterlagen/")
    assert "Virus gefunden, gesperrt" in page
    assert "Sie wird nicht mitgeschickt." in page
    browser.post("absenden/", {"declared": "1"})
    assert EvidenceItem.objects.get(key="rental_contract").state == EvidenceState.MISSING
    assert not StoredFile.objects.filter(scan=Scan.FOUND).exists()


def test_checked_is_said_only_of_what_was_checked(browser: Browser, settings: Settings) -> None:
    send(browser, "red", action="upload")
    assert "Viren" not in browser.get("unterlagen/")
    settings.VIRUS_SCANNER = "kiepe.base.documents.adapters.demo.DemoScanner"
    send(browser, "blue", action="upload")
    assert browser.get("unterlagen/").count("auf Viren geprüft") == 1


def test_words_for_what_was_sent() -> None:
    def kept(*kinds: int) -> list[StoredFile]:
        return [StoredFile(photo=not pages, pages=pages or 1) for pages in kinds]

    assert pages.understood(kept()) == ""
    assert pages.understood(kept(0)) == "1 Foto"
    assert pages.understood(kept(0, 0, 0)) == "3 Fotos, zusammen ein Dokument"
    assert pages.understood(kept(4)) == "1 PDF-Datei mit 4 Seiten"
    several = "2 Fotos und 2 PDF-Dateien mit zusammen 5 Seiten, zusammen ein Dokument"
    assert pages.understood(kept(0, 0, 4, 1)) == several
    assert [one.label for one in pages.sheets(kept(0, 4, 0))] == ["Seite 1", "Seiten 2 bis 5", "Seite 6"]


def test_the_page_asks_the_database_no_more_for_thirty_photographs(browser: Browser) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            browser.get("unterlagen/")
        return len(found)

    send(browser, "red", action="upload")
    asked()  # what is read once a process
    one = asked()
    draft, stored = browser.draft(), file_named("red")
    for number in range(29):
        stored.pk = None
        stored.id = UUID(int=number)
        stored.save(force_insert=True)
        DraftFile.objects.create(
            draft=draft, evidence_key="rental_contract", stored_file=stored, position=number, sent_sha256=f"{number}"
        )
    assert asked() == one
