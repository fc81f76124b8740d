"""Which days count as working days where the city lies (§ 26 Abs. 3 SGB X, § 193 BGB)."""

from __future__ import annotations

from datetime import date, timedelta

import holidays

from kiepe.base.catalogue.pack import city

LANDER = {  # names as in city.toml -> subdivisions of the package `holidays` (ISO 3166-2:DE)
    "Baden-Württemberg": "BW",
    "Bayern": "BY",
    "Berlin": "BE",
    "Brandenburg": "BB",
    "Bremen": "HB",
    "Hamburg": "HH",
    "Hessen": "HE",
    "Mecklenburg-Vorpommern": "MV",
    "Niedersachsen": "NI",
    "Nordrhein-Westfalen": "NW",
    "Rheinland-Pfalz": "RP",
    "Saarland": "SL",
    "Sachsen": "SN",
    "Sachsen-Anhalt": "ST",
    "Schleswig-Holstein": "SH",
    "Thüringen": "TH",
}


def working_day_from(day: date) -> date:
    """`day` itself, or the next that is no Saturday, Sunday or public holiday of the city's Land."""
    free = holidays.country_holidays("DE", subdiv=LANDER.get(city().land))
    while day.weekday() >= 5 or day in free:
        day += timedelta(days=1)
    return day
