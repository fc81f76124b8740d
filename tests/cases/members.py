"""A household in which two members spoke for themselves, each with an own browser, and everybody else around it."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from typing import Any

import pypdfium2
from django.test import Client

from kiepe.base.forms import parts
from kiepe.base.forms.models import OwnPart
from kiepe.base.kernel.actor import Actor, ActorKind
from kiepe.cases import actions
from kiepe.cases.models import Case, Party, PartyRole
from tests.cases.conftest import photo
from tests.cases.test_own_part import Household

ALI, MIA = "p1", "p2"


@dataclass
class Sent:
    """A case with two own parts. `ali` and `mia` came back with number and own code; `erika` is who applied."""

    home: Household
    case: Case
    erika: Client
    ali: Client
    mia: Client

    @property
    def base(self) -> str:
        return f"/meine-vorgaenge/{self.case.number}/"

    def party(self, item: str = ALI) -> Party:
        return Party.objects.get(case=self.case, role=PartyRole.MEMBER, item_id=item)

    def actor(self, item: str = ALI) -> Actor:
        """The member as who gave the own code."""
        return Actor(ActorKind.CITIZEN, parties=frozenset({self.party(item).pk}))

    @property
    def applicant(self) -> Actor:
        return Actor(ActorKind.CITIZEN, cases=frozenset({self.case.pk}))

    def code(self, item: str = ALI) -> str:
        return parts.own_code(OwnPart.objects.get(draft=self.case.draft, item_id=item))

    def by_code(self, item: str = ALI) -> Client:
        """A fresh browser in which this member gives number and own code."""
        client = Client()
        answer = client.post("/meine-vorgaenge/oeffnen/", {"number": self.case.number, "code": self.code(item)})
        assert answer.headers["Location"] == f"{self.base}mein-teil/"
        return client

    def write(self, text: str, name: str = "geheim.png", item: str = ALI) -> int:
        """A message of a member with a photo; its id."""
        return actions.send_message(
            self.actor(item), self.case.pk, text, [photo(name)] if name else [], member=self.party(item)
        ).pk

    def answer(self, decider: Actor, text: str, item: str = ALI, answers: int = 0) -> int:
        """The office answers a member; the message's id."""
        party = self.party(item)
        return actions.send_message(decider, self.case.pk, text, answers=answers, member=party).pk


def sent(*, shared: str = "", email: str = "") -> Sent:
    """Both members fill in their part and are through, then the applicant sends. `shared`: Ali lets Erika read it."""
    home = Household()
    for item, name in ((ALI, "Ali Öztürk"), (MIA, "Mia Öztürk")):
        part, client = home.invite(item), Client()
        assert client.post(home.at(part, "oeffnen/"), {"code": parts.invitation_code(part)}).status_code == 302
        client.post(home.at(part, f"seite/member/{item}/"), {"name": name, "earns": "yes"})
        client.post(home.at(part, "unterlagen/"), {f"datei-payslip-{item}": photo(f"lohn-{item}.png", "red")})
        wishes = {"shared": shared, "email": email} if item == ALI else {}
        assert client.post(home.at(part, "fertig/"), wishes).headers["Location"].endswith("danke/")
    made = Sent(home, home.send(), home.applicant, Client(), Client())
    made.ali, made.mia = made.by_code(ALI), made.by_code(MIA)
    return made


def taken_home(client: Client) -> tuple[dict[str, Any], zipfile.ZipFile]:
    """Everything that 'Meine Daten' hands out: the data, and the archive."""
    answer = client.post("/meine-daten/herunterladen/")
    assert answer.status_code == 200
    packed = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]  # a FileResponse
    return json.loads(packed.read("meine-daten.json")), packed


def read(packed: zipfile.ZipFile) -> str:
    """Everything in an archive as text: data, names, papers."""
    found = [packed.read("meine-daten.json").decode(), *packed.namelist()]
    return " ".join([*found, *(pdf_words(packed.read(name)) for name in packed.namelist() if name.endswith(".pdf"))])


def pdf_words(data: bytes) -> str:
    """The words of a PDF, as one line."""
    pages = pypdfium2.PdfDocument(data)
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pages).split())
