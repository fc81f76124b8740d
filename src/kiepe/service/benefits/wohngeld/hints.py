"""What a person must look at before deciding, from the answers alone. No hint changes the amount."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _

from kiepe.service.benefits.wohngeld.answers import Answers
from kiepe.service.benefits.wohngeld.period import Span, later


def look_at(answers: Answers, when: Span) -> None:
    """Note every hint that concerns the application as a whole."""
    _kind_of_application(answers, when)
    _change_expected(answers, when)
    _way_of_living(answers)
    _payment(answers)
    if when.end > later(when.start, 24) - timedelta(days=1):
        text = _("Der Zeitraum ist länger als 24 Monate. Bitte kürzen.")
        answers.notes.hint("§ 25 Abs. 1 Satz 2 WoGG", text)


def _kind_of_application(answers: Answers, when: Span) -> None:
    kind = answers.text("application_kind")
    if kind == "change":
        text = _(
            "Antrag auf Erhöhung: Bitte prüfen, ob sich die Zahl der Haushaltsmitglieder erhöht, Miete ohne "
            "Heizkosten um mehr als 10 Prozent erhöht oder Einkommen um mehr als 10 Prozent verringert hat. "
            "Angegeben ist: „%(words)s“"
        )
        answers.notes.hint("§ 27 Abs. 1, § 25 Abs. 5 WoGG", text % {"words": answers.text("change_words") or "–"})
    if kind in {"renewal", "change"} and answers.unknown("wohngeld_number"):
        text = _("Die Wohngeldnummer ist nicht bekannt. Bitte den bisherigen Vorgang nach dem Namen suchen.")
        answers.notes.hint("§ 20 Abs. 1 SGB X", text)
    elif kind == "renewal":
        text = _("Weiterleistung zur Wohngeldnummer %(number)s. Der neue Zeitraum schließt an den alten an.")
        answers.notes.hint("§ 25 WoGG", text % {"number": answers.text("wohngeld_number") or "–"})
    if "by_other" in answers.chosen("situation"):
        name = answers.text("helper_name") or "–"
        text = _("Der Antrag ist von einer anderen Person gestellt (%(name)s). Bitte die Vollmacht prüfen.")
        answers.notes.hint("§ 13 SGB X", text % {"name": name})
    moved = answers.day("living_since")
    if moved is not None and moved > when.applied.replace(day=1) and moved.replace(day=1) == when.start:
        text = _("Der Einzug liegt nach dem Antrag; der Zeitraum beginnt mit dem Monat des Einzugs.")
        answers.notes.hint("§ 25 Abs. 2 Satz 2 WoGG", text)


def _change_expected(answers: Answers, when: Span) -> None:
    if not answers.yes("change_expected"):
        return
    start = answers.day("change_expected_from")
    inside = start is None or when.start <= start <= when.end
    day = "" if start is None else _(" ab %(month)s") % {"month": f"{start:%m/%Y}"}
    text = _(
        "Angekündigte Änderung%(day)s: „%(words)s“. Gerechnet ist ohne sie. Steht sie fest, bitte die Werte mit "
        "„gültig ab“ berichtigen; der Zeitraum wird dann geteilt."
    )
    if inside:
        words = answers.text("change_expected_words") or "–"
        answers.notes.hint("§ 24 Abs. 2, § 25 Abs. 1 Satz 2 WoGG", text % {"day": day, "words": words})


def _way_of_living(answers: Answers) -> None:
    if answers.yes("centre_of_life") is False:
        text = _("Nach eigener Angabe ist die Wohnung nicht der Mittelpunkt der Lebensbeziehungen. Bitte klären.")
        answers.notes.hint("§ 5 Abs. 1 Satz 1 WoGG", text)
    if answers.unknown("living_area"):
        text = _("Die Größe der Wohnung ist nicht bekannt. Sie ergibt sich aus dem Mietvertrag; bitte eintragen.")
        answers.notes.hint("§ 6 Abs. 2 WoGV", text)
    flat_rates = [key for key in ("heating", "hot_water", "energy", "garage", "parking") if answers.unknown(key)]
    if flat_rates:
        text = _(
            "Für Teile der Miete ist der Betrag nicht bekannt; gerechnet ist mit Pauschbeträgen. Ergibt er sich "
            "aus dem Mietvertrag, bitte berichtigen."
        )
        answers.notes.hint("§ 9 Abs. 2 Satz 2 WoGG, § 6 Abs. 2 WoGV", text)
    if {"sublet", "business"} & answers.chosen("dwelling_applies"):
        text = _(
            "Ein Teil der Wohnung wird überlassen oder geschäftlich genutzt. Bitte den Anteil an der Miete prüfen."
        )
        answers.notes.hint("§ 11 Abs. 2 Nr. 1 und 2 WoGG", text)


def _payment(answers: Answers) -> None:
    payee = answers.text("payee")
    if payee in {"member", "landlord", "agency"}:
        if answers.yes("payee_agreed"):
            text = _(
                "Auszahlung an eine andere Person oder Stelle: Die Einwilligung ist im Antrag erklärt; sie muss "
                "schriftlich vorliegen. Die antragstellende Person ist zu unterrichten; der Bescheid tut es."
            )
        else:
            text = _(
                "Auszahlung an eine andere Person oder Stelle ohne Einwilligung. Das ist nur zulässig, wenn es im "
                "Einzelfall geboten ist. Sonst die Angabe „Auszahlung an“ berichtigen."
            )
        answers.notes.hint("§ 26 Abs. 1 Satz 2 und 3 WoGG", text)
    if payee == "no_account":
        text = _("Kein Konto: Zahlung an den Wohnsitz, die Kosten sollen vom Wohngeld abgezogen werden.")
        answers.notes.hint("§ 26 Abs. 2 Satz 2 WoGG", text)
