"""Every address × everybody who may call it: what is answered. A new address without a row fails the test.

The addresses come from Django's resolver; the numbers are written here by hand, from what each role may see.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from tests.every_page.world import ROLES

QUERIES = 15  # at most so many a page, but for those that say otherwise

#            nobody owner other code caseworker elsewhere lead auditor
ALL = "      200    200   200   200  200        200       200  200"
FORWARD = "  302    302   302   302  302        302       302  302"
UNUSABLE = " 422    422   422   422  422        422       422  422"
NOT_SO = "   405    405   405   405  405        405       405  405"
NOWHERE = "  404    404   404   404  404        404       404  404"
CASE = "     404    200   404   200  404        404       404  404"
PORTAL = "   404    200   404   403  404        404       404  404"  # number and code do not open it
CONSENT = "  404    422   404   403  404        404       404  404"  # without the tick; without the account
DRAFT = "    404    200   404   404  404        404       404  404"
DESK = "     302    404   404   302  200        404       200  200"
DECIDER = "  302    404   404   302  200        404       200  404"
ANY_DESK = " 302    404   404   302  200        200       200  200"
OWN_DATA = " 404    200   200   200  404        404       404  404"
DELETE = "   302    200   200   200  302        302       302  302"
MEMBER = "   404    404   404   200  404        404       404  404"
TAKEN = "    404    404   404   404  200        404       404  404"
OWN_CLERK = "302    404   404   302  200        404       404  404"
ANY_DECIDER = " 302   404   404   302  200        200       200  404"
TOOK_IN = "  302    404   404   302  200        404       404  404"
CODE = "     422    422   422   422  409        409       409  409"  # no code; staff sign out first
POST_ROOM = "302    404   404   302  200        200       200  404"
BEGIN = "    302    302   302   302  409        409       409  409"  # staff apply as citizens: signed out
# A page of the desk that cannot be posted to says so to staff, and to nobody else that it exists.
DESK_NOT_SO = ANY_DESK.replace("200", "405")
DECIDER_NOT_SO = DESK_NOT_SO[:-3] + "404"


@dataclass(frozen=True, slots=True)
class Row:
    """One address. `get`, `post`: the status for each of ROLES; a post is sent empty, but with its token.

    `public`: everyone reads the same, without cookie or database, and caches may keep it. `queries`: the most of a GET.
    """

    address: str
    get: str
    post: str = NOT_SO
    public: bool = False
    queries: int = QUERIES

    def statuses(self, method: str) -> dict[str, int]:
        """Role -> expected status."""
        words = (self.get if method == "GET" else self.post).split()
        return dict(zip(ROLES, map(int, words), strict=True))


def only(status: int, column: str) -> str:
    """The same people as in `column`, with another answer."""
    return column.replace("200", str(status))


def _public(address: str) -> Row:
    return Row(address, ALL, public=True, queries=0)


PART, INTAKE = "/antrag/wohngeld/mein-teil/{part}/", "/arbeitsplatz/antrag-aufnehmen/"
APPLY, MINE, AT_DESK = "/antrag/wohngeld/{draft}/", "/meine-vorgaenge/{number}/", "/arbeitsplatz/vorgaenge/{number}/"
BEGUN = "/antrag/wohngeld/{begun_draft}/"

TABLE: dict[str, list[Row]] = {
    # what everyone may read
    "portal:start": [_public("/")],
    "catalogue:search": [_public("/suche/?q=miete"), _public("/suche/"), _public("/suche/?q=xyzzy")],
    "catalogue:suggest": [_public("/suche/vorschlaege/?q=miete")],
    "catalogue:life_situation": [_public("/lebenslagen/wohnen/"), Row("/lebenslagen/gibt-es-nicht/", NOWHERE)],
    "catalogue:services": [_public("/leistungen/")],
    "catalogue:service": [_public("/leistungen/wohngeld/"), Row("/leistungen/gibt-es-nicht/", NOWHERE)],
    "catalogue:offices": [_public("/vor-ort/")],
    "catalogue:page": [_public("/seite/impressum/"), Row("/seite/gibt-es-nicht/", NOWHERE)],
    "benefits:check": [Row("/leistungen/wohngeld/pruefen/", ALL, UNUSABLE, public=True, queries=0)],
    # signing in and out
    "accounts:sign_in": [Row("/anmelden/", ALL, UNUSABLE)],
    "accounts:enter_code": [Row("/anmelden/code/", FORWARD, FORWARD)],
    "accounts:staff_sign_in": [Row("/anmelden/mitarbeit/", ALL, UNUSABLE)],
    "accounts:demo_sign_in": [Row("/anmelden/vorfuehrung/{account}/", NOT_SO, NOWHERE)],  # not on loopback here
    "accounts:sign_out": [Row("/abmelden/", NOT_SO, FORWARD)],
    # applying
    "cases:apply_start": [
        Row("/antrag/wohngeld/", ALL, BEGIN),
        Row("/antrag/hundesteuer/", NOWHERE, NOWHERE),
    ],
    "cases:apply_resume": [
        Row(APPLY, only(302, DRAFT)),
        Row("/antrag/wohngeld/{sent}/", only(302, DRAFT)),
    ],
    "cases:apply_page": [
        Row(f"{APPLY}application/", DRAFT, only(422, DRAFT)),
        Row(f"{APPLY}household/", DRAFT, only(302, DRAFT)),
        Row(f"{APPLY}household/?entfernen=p2", DRAFT, only(302, DRAFT)),
        Row(f"{APPLY}you/applicant/", DRAFT, only(422, DRAFT)),
        Row(f"{APPLY}income/applicant/p1/", DRAFT, only(422, DRAFT)),
        Row(f"{APPLY}gibt-es-nicht/", NOWHERE, NOWHERE),
        Row(f"{APPLY}you/applicant/p1/", NOWHERE, NOWHERE),
        Row(f"{APPLY}care_home/", only(302, DRAFT), only(409, DRAFT)),  # nobody asks this tenant
        Row("/antrag/wohngeld/{sent}/application/", only(302, DRAFT), only(302, DRAFT)),
    ],
    "cases:apply_documents": [Row(f"{APPLY}unterlagen/", DRAFT, only(302, DRAFT))],
    "cases:apply_file": [Row(f"{APPLY}datei/{{draft_file}}/", DRAFT), Row(f"{APPLY}datei/{{file}}/", NOWHERE)],
    "cases:apply_preview": [
        Row(f"{APPLY}datei/{{draft_file}}/bild/", DRAFT),
        Row(f"{APPLY}datei/{{file}}/bild/", NOWHERE),
    ],
    "cases:apply_check": [
        Row(f"{APPLY}pruefen/", DRAFT),
        Row(f"{APPLY}pruefen/?fehlt=ja", DRAFT),
        Row("/antrag/wohngeld/{sent}/pruefen/", only(302, DRAFT)),
    ],
    "cases:apply_submit": [Row(f"{APPLY}absenden/", NOT_SO, only(302, DRAFT))],
    "cases:apply_sent": [
        Row("/antrag/wohngeld/{sent}/gesendet/", DRAFT),
        Row(f"{APPLY}gesendet/", only(302, DRAFT)),
    ],
    "cases:apply_pause": [Row(f"{APPLY}pause/", DRAFT)],
    "cases:apply_keep": [Row(f"{APPLY}tag-sichern/", DRAFT, only(302, DRAFT))],
    "cases:apply_kept": [Row(f"{APPLY}tag-gesichert/", only(302, DRAFT)), Row(f"{BEGUN}tag-gesichert/", DRAFT)],
    "cases:apply_back": [Row(f"{APPLY}weiter/", DRAFT), Row(f"{BEGUN}weiter/", DRAFT)],
    "cases:apply_mail_link": [Row(f"{APPLY}link-mailen/", NOT_SO, only(422, DRAFT))],
    "cases:apply_renew": [
        Row(f"{APPLY}neuer-code/", NOT_SO, only(302, DRAFT)),
        Row(f"{BEGUN}neuer-code/", NOT_SO, only(409, DRAFT)),
    ],
    "cases:resume": [Row("/weitermachen/", ALL, CODE)],
    "cases:resume_link": [Row("/weitermachen/k7m2p-9xq4d-3wfgh/", ALL, CODE)],
    "cases:apply_discard": [
        Row(f"{APPLY}loeschen/", DRAFT, only(302, DRAFT), queries=17),
        Row("/antrag/wohngeld/{sent}/loeschen/", DRAFT, only(302, DRAFT)),
    ],
    "cases:paper_form": [Row("/antrag/wohngeld/formular.pdf", ALL), Row("/antrag/hundesteuer/formular.pdf", NOWHERE)],
    "cases:apply_paper": [
        Row(f"{APPLY}formular.pdf", DRAFT),
        Row("/antrag/wohngeld/{sent}/formular.pdf", only(302, DRAFT)),
        Row("/antrag/wohngeld/{taken}/formular.pdf", TAKEN),
    ],
    # a member of the household fills in the own part
    "cases:apply_invite": [
        Row(f"{APPLY}einladen/p2/", DRAFT, only(302, DRAFT)),
        Row("/antrag/wohngeld/{invited}/einladen/p2/", DRAFT, only(302, DRAFT)),
        Row(f"{APPLY}einladen/applicant/", only(302, DRAFT), only(302, DRAFT)),
    ],
    "cases:part_open": [Row(f"{PART}oeffnen/", ALL, UNUSABLE)],
    "cases:part_code": [Row(f"{PART}code/", MEMBER)],
    "cases:part_resume": [Row(PART, only(302, MEMBER))],
    "cases:part_page": [
        Row(f"{PART}seite/person/p2/", MEMBER, only(422, MEMBER)),
        Row(f"{PART}seite/incomes/p2/", MEMBER, only(302, MEMBER)),
        Row(f"{PART}seite/income/p2/p1/", MEMBER, only(422, MEMBER)),
        Row(f"{PART}seite/you/applicant/", NOWHERE, NOWHERE),
    ],
    "cases:part_documents": [Row(f"{PART}unterlagen/", MEMBER, only(302, MEMBER))],
    "cases:part_file": [Row(f"{PART}datei/{{part_file}}/", MEMBER), Row(f"{PART}datei/{{draft_file}}/", NOWHERE)],
    "cases:part_preview": [
        Row(f"{PART}datei/{{part_file}}/bild/", MEMBER),
        Row(f"{PART}datei/{{draft_file}}/bild/", NOWHERE),
    ],
    "cases:part_check": [Row(f"{PART}pruefen/", MEMBER)],
    "cases:part_finish": [Row(f"{PART}fertig/", NOT_SO, only(302, MEMBER))],
    "cases:part_discard": [Row(f"{PART}loeschen/", MEMBER, only(302, MEMBER))],
    "cases:part_done": [Row(f"{PART}danke/", MEMBER)],
    "cases:part_pause": [Row(f"{PART}pause/", MEMBER)],
    # staff take an application in for a person
    "cases:intake_take_over": [
        Row(f"{INTAKE}{{of_colleague}}/uebernehmen/", DECIDER_NOT_SO, only(302, DECIDER)),
        Row(f"{INTAKE}{{draft}}/uebernehmen/", DECIDER_NOT_SO, only(404, DECIDER)),
    ],
    "cases:intake_read_back": [
        Row(f"{INTAKE}{{taken}}/zum-unterschreiben.pdf", OWN_CLERK, DECIDER_NOT_SO),
        Row(f"{INTAKE}{{taken_sent}}/zum-unterschreiben.pdf", only(404, OWN_CLERK), DECIDER_NOT_SO),
        Row(f"{INTAKE}{{wish}}/zum-unterschreiben.pdf", only(404, OWN_CLERK), DECIDER_NOT_SO),
    ],
    "cases:intake_handout": [
        Row(f"{INTAKE}{{taken}}/zugang.pdf", OWN_CLERK, DECIDER_NOT_SO),
        Row(f"{INTAKE}{{taken_sent}}/zugang.pdf", OWN_CLERK, DECIDER_NOT_SO),
        Row(f"{INTAKE}{{begun_draft}}/zugang.pdf", only(404, OWN_CLERK), DECIDER_NOT_SO),
    ],
    # a citizen's cases
    "cases:mine": [Row("/meine-vorgaenge/", ALL)],
    "cases:open": [Row("/meine-vorgaenge/oeffnen/", ALL, UNUSABLE)],
    "cases:leave": [Row("/meine-vorgaenge/schliessen/", NOT_SO, FORWARD)],
    "cases:status": [
        Row(MINE, CASE, queries=38),  # with who takes part
        Row(f"{MINE}?angekommen={{item}}", CASE, queries=38),
        Row(f"{MINE}?getan=berichtigt", CASE, queries=38),
        Row("/meine-vorgaenge/{issued}/", CASE, queries=38),  # with how the notice went out
        Row("/meine-vorgaenge/{begun}/", DRAFT, queries=38),
        Row("/meine-vorgaenge/{waiting}/", NOWHERE),
        Row("/meine-vorgaenge/WG-1999-000001/", NOWHERE),
    ],
    "cases:go_on": [
        Row(f"{MINE}weiter/", NOT_SO, only(409, CASE)),
        Row("/meine-vorgaenge/{begun}/weiter/", NOT_SO, only(302, DRAFT)),
    ],
    "cases:upload": [
        Row(f"{MINE}unterlagen/{{item}}/", CASE, only(422, CASE)),
        Row(f"{MINE}unterlagen/{{asked}}/", NOWHERE, NOWHERE),  # a document of another case
        Row("/meine-vorgaenge/{shared}/unterlagen/{shared_item}/", NOWHERE, NOWHERE),  # a member's own
    ],
    "cases:lack": [
        Row(f"{MINE}unterlagen/{{item}}/fehlt/", CASE, only(422, CASE)),
        Row(f"{MINE}unterlagen/{{asked}}/fehlt/", NOWHERE, NOWHERE),
        Row("/meine-vorgaenge/{shared}/unterlagen/{shared_item}/fehlt/", NOWHERE, NOWHERE),  # a member's own
    ],
    "cases:file": [
        Row(f"{MINE}datei/{{file}}/", CASE),
        Row("/meine-vorgaenge/{issued}/datei/{file}/", NOWHERE),
        Row("/meine-vorgaenge/{shared}/datei/{shared_message}/", NOWHERE),  # between a member and the office
    ],
    "cases:preview": [
        Row(f"{MINE}datei/{{file}}/bild/", CASE),
        Row("/meine-vorgaenge/{issued}/datei/{file}/bild/", NOWHERE),
        Row("/meine-vorgaenge/{shared}/datei/{shared_file}/bild/", NOWHERE),  # a member's own
    ],
    "cases:notice": [
        Row("/meine-vorgaenge/{issued}/bescheid/", CASE),
        Row("/meine-vorgaenge/{portal}/bescheid/", PORTAL, queries=20),  # the first time it is retrieved
        Row(f"{MINE}bescheid/", NOWHERE),
    ],
    "cases:notice_pdf": [
        Row("/meine-vorgaenge/{issued}/bescheid.pdf", CASE),
        Row("/meine-vorgaenge/{portal}/bescheid.pdf", PORTAL, queries=20),
        Row(f"{MINE}bescheid.pdf", NOWHERE),
    ],
    "cases:explained": [
        Row("/meine-vorgaenge/{issued}/bescheid/erklaert/", CASE),
        Row("/meine-vorgaenge/{portal}/bescheid/erklaert/", PORTAL, queries=20),
        Row(f"{MINE}bescheid/erklaert/", NOWHERE),  # not decided
    ],
    "cases:explained_page": [
        *(
            Row(f"/meine-vorgaenge/{{issued}}/bescheid/erklaert/{key}/", CASE)
            for key in ("haushalt", "einkommen", "abzuege", "miete", "betrag", "zeitraum")
        ),
        Row("/meine-vorgaenge/{issued}/bescheid/erklaert/gibt-es-nicht/", NOWHERE),
    ],
    "cases:what_if": [
        Row("/meine-vorgaenge/{issued}/bescheid/erklaert/was-waere-wenn/", CASE, CASE),  # empty: the numbers of now
        Row(f"{MINE}bescheid/erklaert/was-waere-wenn/", NOWHERE, NOWHERE),
    ],
    "cases:object": [
        Row("/meine-vorgaenge/{issued}/bescheid/erklaert/wenn-etwas-nicht-stimmt/", CASE),
        Row(f"{MINE}bescheid/erklaert/wenn-etwas-nicht-stimmt/", NOWHERE),
    ],
    "cases:delivery": [
        Row(f"{MINE}zustellung/", CASE, CONSENT),
        Row("/meine-vorgaenge/{waiting}/zustellung/", NOWHERE, NOWHERE),
    ],
    "cases:confirmation": [Row(f"{MINE}eingangsbestaetigung.pdf", CASE)],
    "cases:withdraw": [
        Row(f"{MINE}zuruecknehmen/", CASE, only(302, CASE)),
        Row("/meine-vorgaenge/{issued}/zuruecknehmen/", CASE, only(409, CASE)),
    ],
    "cases:access": [Row(f"{MINE}zugaenge/", CASE, only(404, CASE))],
    "cases:own_part": [
        Row("/meine-vorgaenge/{shared}/mein-teil/", MEMBER, queries=20),  # with requests, messages and history
        Row(f"{MINE}mein-teil/", NOWHERE),
    ],
    "cases:own_upload": [
        Row("/meine-vorgaenge/{shared}/mein-teil/unterlagen/{shared_item}/", MEMBER, only(422, MEMBER)),
        Row("/meine-vorgaenge/{shared}/mein-teil/unterlagen/{item}/", NOWHERE, NOWHERE),
    ],
    "cases:own_lack": [
        Row("/meine-vorgaenge/{shared}/mein-teil/unterlagen/{shared_item}/fehlt/", MEMBER, only(422, MEMBER)),
        Row("/meine-vorgaenge/{shared}/mein-teil/unterlagen/{item}/fehlt/", NOWHERE, NOWHERE),
    ],
    "cases:own_preview": [
        Row("/meine-vorgaenge/{shared}/mein-teil/datei/{shared_file}/bild/", MEMBER),
        Row("/meine-vorgaenge/{shared}/mein-teil/datei/{file}/bild/", NOWHERE),
    ],
    "cases:own_file": [
        Row("/meine-vorgaenge/{shared}/mein-teil/datei/{shared_file}/", MEMBER),
        Row("/meine-vorgaenge/{shared}/mein-teil/datei/{shared_message}/", MEMBER),
        Row("/meine-vorgaenge/{shared}/mein-teil/datei/{file}/", NOWHERE),
    ],
    "cases:own_messages": [
        Row("/meine-vorgaenge/{shared}/mein-teil/nachrichten/", MEMBER, only(422, MEMBER)),
        Row(f"{MINE}mein-teil/nachrichten/", NOWHERE, NOWHERE),
    ],
    "cases:own_news": [
        Row("/meine-vorgaenge/{shared}/mein-teil/mailadresse/", MEMBER, only(302, MEMBER)),
        Row(f"{MINE}mein-teil/mailadresse/", NOWHERE, NOWHERE),
    ],
    "cases:own_everything": [
        Row("/meine-vorgaenge/{shared}/mein-teil/alles.pdf", MEMBER, queries=35),
        Row(f"{MINE}mein-teil/alles.pdf", NOWHERE),
    ],
    # after sending
    "cases:messages": [
        Row(f"{MINE}nachrichten/", CASE, only(422, CASE)),
        Row("/meine-vorgaenge/{corrected}/nachrichten/", NOWHERE, NOWHERE),
    ],
    "cases:change": [
        Row(f"{MINE}aenderung/", CASE, only(422, CASE)),
        Row("/meine-vorgaenge/{waiting}/aenderung/", NOWHERE, NOWHERE),
    ],
    "cases:correct_answers": [
        Row(f"{MINE}berichtigen/", CASE, only(302, CASE)),
        Row("/meine-vorgaenge/{issued}/berichtigen/", CASE, only(409, CASE)),
    ],
    "cases:discard_correction": [Row(f"{MINE}berichtigen/verwerfen/", NOT_SO, only(302, CASE))],
    "cases:confirmed": [
        Row("/meine-vorgaenge/{issued}/bestaetigung/{reported}.pdf", CASE),
        Row(f"{MINE}bestaetigung/1.pdf", NOWHERE),
    ],
    "cases:everything": [
        Row(f"{MINE}alles.pdf", CASE, queries=45),
        Row("/meine-vorgaenge/{waiting}/alles.pdf", NOWHERE),
    ],
    "portal:my_data": [Row("/meine-daten/", ALL, queries=25)],
    "portal:my_data_download": [Row("/meine-daten/herunterladen/", NOT_SO, OWN_DATA)],
    "portal:my_data_delete": [Row("/meine-daten/loeschen/", DELETE, only(422, DELETE), queries=25)],
    # the desk
    "desk:queue": [
        Row("/arbeitsplatz/", ANY_DESK, DESK_NOT_SO),
        Row("/arbeitsplatz/?stand=alle&wer=ich&sort=-eingang", ANY_DESK, DESK_NOT_SO),
    ],
    "desk:search": [Row("/arbeitsplatz/suche/", DESK_NOT_SO, only(302, ANY_DESK))],
    "cases:desk_case": [
        Row(AT_DESK, DESK, DESK_NOT_SO, queries=30),
        Row(f"{AT_DESK}?getan=uebernommen", DESK, DESK_NOT_SO, queries=30),
        Row("/arbeitsplatz/vorgaenge/{issued}/", DESK, DESK_NOT_SO, queries=30),
        Row("/arbeitsplatz/vorgaenge/{begun}/", DESK, DESK_NOT_SO, queries=30),
        Row("/arbeitsplatz/vorgaenge/WG-1999-000001/", only(404, DESK), DESK_NOT_SO),
    ],
    "cases:desk_take_in": [Row(INTAKE, ANY_DECIDER, only(409, ANY_DECIDER))],
    "cases:desk_taken_in": [
        Row(f"{INTAKE}{{draft}}/", only(404, ANY_DECIDER), only(405, ANY_DECIDER)),
        Row(f"{INTAKE}{{wish}}/", TOOK_IN, only(405, ANY_DECIDER)),
        Row(f"{INTAKE}{{taken_sent}}/", TOOK_IN, only(405, ANY_DECIDER)),
    ],
    "cases:desk_ask_answers": [Row(f"{AT_DESK}angaben-erbitten/", DECIDER_NOT_SO, only(409, DECIDER))],
    "cases:desk_claim": [Row(f"{AT_DESK}uebernehmen/", DECIDER_NOT_SO, only(409, DECIDER))],
    "cases:desk_application": [Row(f"{AT_DESK}antrag/", DESK, DESK_NOT_SO, queries=25)],
    "cases:desk_people": [Row(f"{AT_DESK}beteiligte/", DESK, only(404, DESK))],
    "cases:desk_history": [Row(f"{AT_DESK}verlauf/", DESK, DESK_NOT_SO)],
    "cases:desk_notice": [
        Row("/arbeitsplatz/vorgaenge/{issued}/bescheid/", DESK, DESK_NOT_SO, queries=18),
        Row(f"{AT_DESK}bescheid/", only(404, DESK), DESK_NOT_SO),
    ],
    "cases:desk_notice_pdf": [
        Row("/arbeitsplatz/vorgaenge/{issued}/bescheid/pdf/", DESK, DESK_NOT_SO),
        Row(f"{AT_DESK}bescheid/pdf/", only(404, DESK), DESK_NOT_SO),
    ],
    "cases:desk_arrival": [
        Row("/arbeitsplatz/vorgaenge/{issued}/bescheid/zugang/{letter}/", DECIDER, only(422, DECIDER)),
        Row(f"{AT_DESK}bescheid/zugang/{{letter}}/", only(404, DECIDER), only(404, DECIDER)),  # another case's
    ],
    "cases:post": [Row("/arbeitsplatz/postausgang/", POST_ROOM, only(422, POST_ROOM))],
    "cases:desk_documents": [Row(f"{AT_DESK}unterlagen/", DESK, DESK_NOT_SO, queries=25)],
    "cases:desk_evidence": [
        Row(f"{AT_DESK}unterlagen/{{item}}/", DESK, DESK_NOT_SO, queries=25),
        Row(f"{AT_DESK}unterlagen/{{asked}}/", only(404, DESK), DESK_NOT_SO),
    ],
    "cases:desk_whole": [
        Row(f"{AT_DESK}unterlagen/{{item}}/dokument.pdf", DESK, DESK_NOT_SO),
        Row(f"{AT_DESK}unterlagen/{{asked}}/dokument.pdf", only(404, DESK), DESK_NOT_SO),
    ],
    "cases:desk_judge": [Row(f"{AT_DESK}unterlagen/{{item}}/pruefen/", DECIDER_NOT_SO, only(404, DECIDER))],
    "cases:desk_ask": [Row(f"{AT_DESK}nachfordern/", DECIDER_NOT_SO, only(422, DECIDER))],
    "cases:desk_file": [
        Row(f"{AT_DESK}datei/{{file}}/", DESK, DESK_NOT_SO),
        Row(f"{AT_DESK}datei/{{draft_file}}/", only(404, DESK), DESK_NOT_SO),
    ],
    "cases:desk_page": [
        Row(f"{AT_DESK}datei/{{file}}/seite/1/", DESK, DESK_NOT_SO),
        Row(f"{AT_DESK}datei/{{file}}/seite/99/", only(422, DESK), DESK_NOT_SO),
    ],
    "cases:desk_correct": [
        # posted without the name of an answer
        Row(f"{AT_DESK}berichtigen/?angabe=rent_total", DECIDER, only(404, DECIDER), queries=25),
        Row(f"{AT_DESK}berichtigen/", only(404, DECIDER), only(404, DECIDER)),
    ],
    "cases:desk_drop_correction": [
        Row(
            "/arbeitsplatz/vorgaenge/{corrected}/berichtigen/{correction}/zuruecknehmen/",
            DECIDER_NOT_SO,
            only(409, DECIDER),
        )
    ],
    "cases:desk_messages": [
        Row(f"{AT_DESK}nachrichten/", DESK, only(422, DECIDER), queries=17),  # with whom else the office speaks
        Row("/arbeitsplatz/vorgaenge/{corrected}/nachrichten/", DESK, only(422, DECIDER), queries=19),
    ],
    "cases:desk_read": [Row(f"{AT_DESK}nachrichten/gelesen/", DECIDER_NOT_SO, only(302, DECIDER))],
    "cases:desk_member_messages": [
        Row("/arbeitsplatz/vorgaenge/{shared}/nachrichten/mit/p2/", DESK, only(422, DECIDER), queries=22),  # with files
        Row(f"{AT_DESK}nachrichten/mit/p2/", only(404, DESK), only(404, DECIDER)),  # nobody answered for themselves
    ],
    "cases:desk_member_read": [
        Row("/arbeitsplatz/vorgaenge/{shared}/nachrichten/mit/p2/gelesen/", DECIDER_NOT_SO, only(302, DECIDER)),
        Row(f"{AT_DESK}nachrichten/mit/p2/gelesen/", DECIDER_NOT_SO, only(404, DECIDER)),
    ],
    "cases:desk_changes": [
        Row(f"{AT_DESK}aenderungen/", DESK, DESK_NOT_SO, queries=20),
        Row("/arbeitsplatz/vorgaenge/{issued}/aenderungen/", DESK, DESK_NOT_SO, queries=20),
    ],
    "cases:desk_handle_change": [
        Row("/arbeitsplatz/vorgaenge/{issued}/aenderungen/{change}/", DECIDER_NOT_SO, only(409, DECIDER))
    ],
    "cases:desk_period": [Row(f"{AT_DESK}zeitraum/", DECIDER, only(409, DECIDER))],
    "cases:desk_decide": [
        Row(f"{AT_DESK}entscheiden/", DECIDER, DECIDER, queries=30),
        Row("/arbeitsplatz/vorgaenge/{issued}/entscheiden/", only(302, DECIDER), only(302, DECIDER)),
    ],
}
# Who wrote while the session ended gets the page once more, with the words on it and nothing done.
WORDS_KEPT = {"cases:messages", "cases:change", "cases:withdraw", "cases:own_messages", "cases:own_news"}
NO_TOKEN = {
    "cases:apply_start",
    "benefits:check",
    "cases:resume",
    "cases:resume_link",
    "cases:part_open",
}  # read without a cookie; each view says what stands in


def names(resolver: URLResolver | None = None, space: str = "") -> Iterator[str]:
    """The name of every address that Kiepe answers."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from names(one, f"{space}{one.namespace}:" if one.namespace else space)
        elif isinstance(one, URLPattern):
            assert one.name, f"{one.pattern} has no name"
            yield f"{space}{one.name}"
