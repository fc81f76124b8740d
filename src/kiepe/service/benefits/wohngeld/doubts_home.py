"""Kind questions about the dwelling and what it costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from kiepe.base.forms.doubts import Doubt, Spot
from kiepe.base.kernel.letters import sort_key

PARTS = ("heating", "hot_water", "energy", "garage", "parking", "services")
HUGE, TINY = Decimal(300), Decimal(10)  # m²
ROOM_EACH = Decimal(6)  # m² for each person; less is hardly possible to live in
RENT_LOOKS_LIKE_YEAR = Decimal(4_000)


def home(answers: Mapping[str, Any], people: int) -> Iterator[Doubt]:
    """Every kind question about flat, rent and payment; `people` live there."""
    yield from _size(answers, people)
    yield from _since(answers)
    yield from _rent(answers)
    yield from _own_landlord(answers)


def _number(answers: Mapping[str, Any], key: str) -> Decimal | None:
    text = answers.get(key)
    return Decimal(text) if isinstance(text, str) else None


def _size(answers: Mapping[str, Any], people: int) -> Iterator[Doubt]:
    area = _number(answers, "living_area")
    if area is None:
        return
    spot = Spot("living_area")
    shown = {"area": f"{area:f}".replace(".", ","), "people": people}
    if area > HUGE:
        yield Doubt(
            "huge_flat", _("%(area)s Quadratmeter sind sehr viel. Fehlt vielleicht ein Komma?") % shown, (spot,)
        )
    elif area < TINY:
        yield Doubt("tiny_flat", _("%(area)s Quadratmeter sind sehr wenig. Stimmt die Größe?") % shown, (spot,))
    elif area < ROOM_EACH * people:
        question = _("%(area)s Quadratmeter sind wenig Platz für %(people)d Personen. Stimmt die Größe?")
        yield Doubt("crowded", question % shown, (spot, Spot("persons")))
    for key in ("business_area", "sublet_area"):
        part = _number(answers, key)
        if part is not None and part > area:
            yield Doubt(
                f"{key}_over_all", _("Dieser Teil ist größer als die ganze Wohnung. Stimmt das?"), (Spot(key), spot)
            )


def _since(answers: Mapping[str, Any]) -> Iterator[Doubt]:
    since = answers.get("living_since")
    applicant: Mapping[str, Any] = next(iter(answers.get("persons", ())), {})
    born = applicant.get("birth_date")
    if isinstance(since, str) and isinstance(born, str) and since < born[:7]:
        question = _("Sie wohnen hier schon länger, als Sie auf der Welt sind. Stimmt der Monat?")
        yield Doubt(
            "moved_in_before_birth",
            question,
            (Spot("living_since"), Spot("birth_date", "persons", (str(applicant["id"]),))),
        )


def _rent(answers: Mapping[str, Any]) -> Iterator[Doubt]:
    rent = _number(answers, "rent_total")
    if rent is None:
        return
    spot = Spot("rent_total")
    if rent > RENT_LOOKS_LIKE_YEAR:
        yield Doubt("rent_or_year", _("Das ist sehr viel für einen Monat. Ist es die Miete für ein Jahr?"), (spot,))
    parts = {key: part for key in PARTS if (part := _number(answers, key)) is not None}
    if parts and sum(parts.values()) >= rent:
        question = _("Die Miete ist nicht höher als das, was davon für Heizung und anderes ist. Stimmen die Beträge?")
        yield Doubt("parts_over_rent", question, (spot, *(Spot(key) for key in parts)))


def _own_landlord(answers: Mapping[str, Any]) -> Iterator[Doubt]:
    """Tenant and owner at once."""
    landlord = answers.get("landlord")
    for person in answers.get("persons", ()):
        first, last = person.get("first_name"), person.get("last_name")
        if isinstance(landlord, str) and first and last and sort_key(f"{first} {last}") in sort_key(landlord):
            question = _("Sie zahlen die Miete an %(name)s aus Ihrem Haushalt. Gehört Ihnen die Wohnung?")
            spots = (Spot("landlord"), Spot("tenure"))
            yield Doubt("own_landlord", question % {"name": f"{first} {last}"}, spots)
            return
