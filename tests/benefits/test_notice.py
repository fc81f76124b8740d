"""The notice says what the statutes demand, in PDF and HTML alike, and is not issued where it must not be."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pypdfium2
import pytest
from django.conf import LazySettings

from kiepe.base.catalogue.pack import city
from kiepe.base.kernel.refusal import Refused
from kiepe.cases.notice import DecisionFacts, Notice, NoticeWriter
from kiepe.service.benefits.wohngeld import notice as module
from kiepe.service.benefits.wohngeld.notice import WRITER
from tests.benefits.decisions import FIGURES, LAW_HINT, decision, period, rejection, split
from tests.documents.pdf_standards import lacks, roles

POINTS = 72 / 25.4  # of a millimetre
KINDS: list[Callable[[], DecisionFacts]] = [decision, split, rejection]


@pytest.fixture(autouse=True)
def demo(settings: LazySettings) -> None:
    settings.DEMO = True


class Blocks(HTMLParser):
    """The texts of an HTML page, block by block."""

    BLOCKS = frozenset({"p", "li", "h2", "h3", "td", "th", "caption", "dt", "dd", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[str] = [""]
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - html.parser's
        self.tags.append(tag)
        if tag in self.BLOCKS:
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        self.blocks[-1] += data


def html_blocks(page: str) -> list[str]:
    read = Blocks()
    read.feed(page)
    return [block for raw in read.blocks if (block := squeezed(raw))]


def squeezed(text: str) -> str:
    """Without any white space, so that line ends and no-break spaces do not matter; bullets are not words."""
    return re.sub(r"[\s\u2022\ufffe\x02]", "", text)


def pdf_text(data: bytes, furniture: str = "") -> str:
    """What stands in the body of each page: without the foot, and without the sender's line for the envelope."""
    with pypdfium2.PdfDocument(data) as shown:
        pages = [
            page.get_textpage().get_text_bounded(left=20 * POINTS, right=page.get_width(), bottom=22 * POINTS,
                                                 top=page.get_height())
            for page in shown
        ]  # fmt: skip
    return squeezed("".join(pages)).replace(squeezed(furniture), "", 1)


def differences(notice: Notice, pdf: bytes, page: str) -> set[str]:
    """Blocks of the HTML that the PDF lacks, and characters of the PDF that belong to no block of the HTML."""
    words = pdf_text(pdf, notice.letter.sender_line)
    missing: set[str] = set()
    for block in sorted(html_blocks(page), key=len, reverse=True):
        before, found, after = words.partition(block)
        if not found:
            missing.add(f"only in HTML: {block}")
        words = f"{before}\n{after}"
    watermark = Counter(squeezed(notice.watermark))
    rest = Counter(re.sub(r"\s", "", words))
    pages = len(pypdfium2.PdfDocument(pdf))
    for _ in range(pages if watermark else 0):
        rest -= watermark
    return missing | ({f"only in PDF: {''.join(rest.elements())}"} if rest else set())


@pytest.mark.parametrize("kind", KINDS)
def test_pdf_and_html_say_the_same(kind: Callable[[], DecisionFacts]) -> None:
    notice = WRITER.write(kind())
    assert differences(notice, WRITER.pdf(notice), WRITER.html(notice)) == set()


@pytest.mark.parametrize(("there", "instead"), [("320 €", "321 €"), ("2.047,50", "2.047,51"), ("Ayşe", "Anne")])
def test_one_changed_number_or_word_is_found(there: str, instead: str) -> None:
    """Known bad, in both directions."""
    notice = WRITER.write(decision())
    page = WRITER.html(notice).replace("\u00a0", " ")
    assert there in page
    found = differences(notice, WRITER.pdf(notice), page.replace(there, instead, 1))
    assert any(one.startswith("only in HTML") for one in found)
    assert any(one.startswith("only in PDF") for one in found)


def test_sentence_left_out_of_the_html_is_found() -> None:
    """Known bad."""
    notice = WRITER.write(decision())
    shorter = replace(notice, summary=notice.summary[1:])
    assert any("only in PDF" in one for one in differences(notice, WRITER.pdf(notice), WRITER.html(shorter)))


def test_writer_fits_the_protocol() -> None:
    assert isinstance(WRITER, NoticeWriter)


@pytest.mark.parametrize("kind", KINDS)
def test_pdf_is_accessible_and_kept_for_good(kind: Callable[[], DecisionFacts]) -> None:
    data = WRITER.pdf(WRITER.write(kind()))
    assert lacks(data) == set()
    order = roles(data)
    assert order.count("/H1") == 1
    assert order.index("/H1") < order.index("/H2") < order.index("/Table")
    assert {"/L", "/LI", "/TH", "/TD"} <= set(order)


def test_same_decision_same_bytes() -> None:
    first, second = (WRITER.pdf(WRITER.write(decision())) for _ in range(2))
    assert first == second


def test_address_stands_in_the_window_of_din_5008_form_b() -> None:
    """Address field: 20 mm from the left, 45 mm from the top, 85 x 45 mm. The recipient and the sender's line fit."""
    lines = ("Dr. Maximiliane Freifrau von Beispielhausen", "c/o Wohngruppe", "Haus 3", "Musterweg 4", "48149 Münster")
    facts = decision(recipient=(*lines, "Deutschland", "und noch eine Zeile"))
    notice = WRITER.write(facts)
    assert len(notice.letter.address) == 6
    with pypdfium2.PdfDocument(WRITER.pdf(notice)) as shown:
        page = shown[0]
        high = page.get_height()
        inside = page.get_textpage().get_text_bounded(
            left=20 * POINTS, right=105 * POINTS, top=high - 45 * POINTS, bottom=high - 90 * POINTS
        )
        below = page.get_textpage().get_text_bounded(
            left=20 * POINTS, right=105 * POINTS, top=high - 90 * POINTS, bottom=high - 95 * POINTS
        )
    assert squeezed(inside) == squeezed(notice.letter.sender_line + "".join(notice.letter.address))
    assert squeezed(below) == ""


def words(facts: DecisionFacts) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", WRITER.html(WRITER.write(facts))).split())


def test_grant_states_what_section_24_demands() -> None:
    """§ 24 Abs. 3 WoGG: the amounts, the duties of § 27 Abs. 3, 4, § 28 Abs. 1 Satz 2, Abs. 4 Satz 1, the hints."""
    said = words(decision())
    for must in (
        "Monatliche Belastung 750,00 €",
        "aller zu berücksichtigenden Haushaltsmitglieder 2.047,50 €",
        "§ 27 Abs. 3 Satz 1 Nr. 1 WoGG",
        "unter 637,50 € (§ 27 Abs. 3 Satz 1 Nr. 2 WoGG)",  # 750.00 less 15 percent
        "über 2.354,62 €",  # 2,047.50 and 15 percent: 2,354.625, told a half cent early
        "§ 27 Abs. 3 Satz 1 Nr. 3 WoGG",
        "§ 27 Abs. 4 WoGG",
        "§ 28 Abs. 1 Satz 2 WoGG",
        "§ 28 Abs. 4 Satz 1",
        "Für die Zeit nach dem 31. Oktober 2027 können Sie wieder Wohngeld beantragen",
        "auch möglich, wenn Sie uns eine Änderung nicht mitteilen mussten",
        "§ 26 WoGG",
        "Ayşe Yılmaz",  # § 33 Abs. 3 SGB X
    ):
        assert must in said, must
    assert "Auflage" not in said
    assert "Sie müssen jetzt nichts tun." in said
    assert "2051" in said
    assert "DE02120300000000202051" not in said


def test_tenant_reads_of_rent_and_not_of_belastung() -> None:
    said = words(decision(title="Mietzuschuss"))
    assert "§ 9 WoGG Monatliche Miete 750,00 €" in said
    assert "Die monatliche Miete sinkt" in said
    assert "Monatliche Belastung" not in said


def test_split_periods_reasons_and_condition() -> None:
    said = words(split())
    for must in (
        "1. September 2026 bis 31. Dezember 2026 320 €",
        "1. Januar 2027 bis 30. Juni 2027 287 €",
        "1. Juli 2027 bis 31. August 2027 kein Wohngeld",
        "Das Wohngeld läge unter 10 € im Monat (§ 21 Nr. 1 WoGG).",
        "2.547,50 €",
        "Jonas verdient ab Januar aus freier Tätigkeit.",
        "Grundlage ist die Schätzung vom 5. November.",
        "Ab 1. Januar 2027 sind wir in einem Punkt von Ihren Angaben abgewichen: Laut Vertrag sind es 500 €.",
        "Die Stellplatzmiete zählt nicht mit (§ 9 Abs. 2 WoGG).",
        "Auflage: Legen Sie uns die Einkommensteuerbescheide",
        "§ 24 Abs. 4 WoGG",
        "eine Änderung des Wohngeldrechts angekündigt",
        "schon vorbei sind, zahlen wir nach",
    ):
        assert must in said, must
    assert "nichts tun" not in said  # an Auflage is something to do
    assert "vor der Entscheidung zu prüfen" not in said  # that is meant for the caseworker
    assert "§ 25 Abs. 2 Satz 1" not in said  # begins before the month of receipt: the standard sentence would be wrong


def test_change_of_law_is_named_only_where_it_is_announced() -> None:
    assert "angekündigt" in words(decision(hints=(LAW_HINT,)))
    assert "angekündigt" not in words(decision())


def test_rejection_gives_the_reason_with_its_norm_and_no_amounts() -> None:
    said = words(rejection())
    assert "lehnen wir ab" in said
    assert "Das Gesamteinkommen ist zu hoch: Es ergibt sich kein Wohngeld (§ 19 WoGG)." in said
    assert "Ihr Lohn ist seit Oktober gestiegen." in said
    assert "Rechtsbehelfsbelehrung" in said
    for never in ("Was Sie uns mitteilen müssen", "von denen wir ausgehen", "Wir zahlen"):
        assert never not in said


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"payee": "landlord", "account_holder": "Haus & Grund"}, "für Ihre Miete auf das Konto von Haus &amp; Grund"),
        ({"payee": "member", "account_holder": "Jonas B."}, "auf das Konto von Jonas B., jeden Monat"),
        ({"payee": "no_account"}, "senden Ihnen das Geld nach Hause"),
        ({}, "auf Ihr Konto, jeden Monat im Voraus"),
    ],
)
def test_payment_names_who_gets_it(answers: dict[str, str], says: str) -> None:
    assert says in words(decision(answers=answers))


def test_what_people_type_acts_nowhere() -> None:
    facts = decision(recipient=("<script>alert(1)</script>", "#panic()"), reasons="<b>fett</b> *x* #let y = 1")
    notice = WRITER.write(facts)
    page, pdf = WRITER.html(notice), WRITER.pdf(notice)
    assert "<script" not in page
    assert "<b>" not in page
    assert "#panic()" in pdf_text(pdf)
    assert differences(notice, pdf, page) == set()


def test_html_has_headings_in_order_and_tables_with_heads() -> None:
    read = Blocks()
    read.feed(WRITER.html(WRITER.write(split())))
    assert [tag for tag in read.tags if tag in {"h1", "h2"}] == ["h2"]
    assert "h4" not in read.tags
    page = WRITER.html(WRITER.write(split()))
    assert page.count("<table") == page.count("<caption>") == page.count("<thead>")
    assert page.count('scope="row"') == sum(
        len(table.rows)
        for part in (*WRITER.write(split()).sections, *WRITER.write(split()).annex)
        for table in part.tables
    )


def test_demo_notice_is_marked_everywhere() -> None:
    notice = WRITER.write(decision())
    assert notice.watermark == "Vorführsystem – kein Bescheid"
    remedy = next(part for part in notice.sections if part.key == "remedy")
    assert "Beispieltext" in remedy.mark
    assert "Es gilt kein Bescheid" in words(decision())


def reviewed(monkeypatch: pytest.MonkeyPatch, **changes: object) -> None:
    pack = city()
    procedure = pack.procedures["wohngeld"]
    remedy = procedure.remedy.model_copy(update=changes)
    procedures = dict(pack.procedures) | {"wohngeld": procedure.model_copy(update={"remedy": remedy})}
    monkeypatch.setattr(module, "city", lambda: pack.model_copy(update={"procedures": procedures}))


def test_unreviewed_remedy_stops_issuing(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DEMO = False
    with pytest.raises(Refused, match="Rechtsbehelfsbelehrung"):
        WRITER.write(decision())
    reviewed(monkeypatch, reviewed_by="A. Prüferin", reviewed_on=date(2026, 10, 1), example=False)
    notice = WRITER.write(decision())
    assert notice.watermark == ""
    assert "Beispieltext" not in WRITER.html(notice)
    assert differences(notice, WRITER.pdf(notice), WRITER.html(notice)) == set()


def test_demo_does_not_excuse_an_unreviewed_text_that_is_no_example(monkeypatch: pytest.MonkeyPatch) -> None:
    reviewed(monkeypatch, example=False)
    with pytest.raises(Refused):
        WRITER.write(decision())


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        (lambda: decision(decided_by=" "), "Name der Person"),
        (lambda: decision(kind="reject", periods=(period(date(2026, 11, 1), date(2027, 10, 31), 0),)), "Begründung"),
        (lambda: decision(periods=(period(date(2026, 11, 1), date(2027, 10, 31), 0),)), "mindestens einen Zeitraum"),
        (
            lambda: decision(
                periods=(period(date(2026, 11, 1), date(2027, 10, 31), 320, figures={"rent": FIGURES["rent"]}),)
            ),
            "§ 24 Abs. 3 WoGG",
        ),
    ],
)
def test_what_could_not_stand_is_refused(facts: Callable[[], DecisionFacts], says: str) -> None:
    with pytest.raises(Refused, match=says):
        WRITER.write(facts())
