"""Why a step is there, in a sentence that needs no law: by the norm that the step names."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kiepe.cases.assessment import Step


def why(step: Step) -> str:
    """The sentence for the most exact norm that fits; empty where the row explains itself."""
    parts = [part.strip() for part in step.norm.split(",")]
    for norm, sentence in _sentences():
        if any(part.startswith(norm) for part in parts):
            return sentence
    return ""


def _sentences() -> tuple[tuple[str, str], ...]:
    """More exact norms first."""
    return (
        ("§ 9a Satz 1 Nr. 1", _("Arbeiten kostet auch Geld. Dafür ziehen wir eine feste Summe ab, ohne Belege.")),
        ("§ 9a", _("Dafür ziehen wir eine feste Summe ab, ohne Belege.")),
        ("§ 9 EStG", _("Das sind Ihre Kosten, um das Geld zu verdienen.")),
        ("§ 2 Abs. 2 EStG", _("Das sind die Kosten, um dieses Geld zu verdienen.")),
        ("§ 14 Abs. 1 Satz 3", _("Das sind die Kosten, um dieses Geld zu verdienen.")),
        ("§ 14 Abs. 1 Satz 4", _("Ein Verlust verkleinert nicht das andere Einkommen.")),
        ("§ 10 Abs. 1 BEEG", _("Ein Teil vom Elterngeld zählt nicht.")),
        ("§ 10 Abs. 3 BEEG", _("Ein Teil vom Elterngeld zählt nicht.")),
        ("§ 16 Satz 1 Nr. 1", _("Wer Steuern zahlt, hat weniger übrig. Deshalb zählen 10 Prozent nicht.")),
        (
            "§ 16 Satz 1 Nr. 2",
            _("Wer Kranken- und Pflegeversicherung zahlt, hat weniger übrig: noch einmal 10."),
        ),
        ("§ 16 Satz 1 Nr. 3", _("Wer in die Rente einzahlt, hat weniger übrig: noch einmal 10 Prozent.")),
        ("§ 17 Nr. 1", _("Mit einer schweren Behinderung ist das Leben teurer.")),
        ("§ 17 Nr. 2", _("Wer von den Nationalsozialisten verfolgt wurde, bekommt einen Freibetrag.")),
        ("§ 17 Nr. 3", _("Wer Kinder allein großzieht, hat mehr Kosten.")),
        ("§ 17 Nr. 4", _("Was ein Kind selbst verdient, soll ihm zum Teil bleiben.")),
        ("§ 17a", _("Wer lange gearbeitet, Kinder erzogen oder gepflegt hat, soll davon etwas haben.")),
        ("§ 18 Satz", _("Unterhalt, den Sie zahlen, haben Sie selbst nicht übrig.")),
        ("§ 13 Abs. 2", _("Ein Zwölftel des Jahres. In der Formel heißt es Y.")),
        ("§ 13 Abs. 1", _("Alle Einkommen zusammen, nach den Abzügen.")),
        ("§ 9 Abs. 2", _("Das ist in Ihrer Miete enthalten und zählt nicht zur Miete im Gesetz.")),
        ("§ 11 Abs. 2", _("Dieser Teil der Wohnung oder der Miete zählt nicht.")),
        ("§ 11 Abs. 3", _("Nur der Teil für die Personen zählt, die Wohngeld bekommen können.")),
        ("§ 12 Abs. 1 WoGG", _("Bis hierher zählt eine Miete. Die Grenze hängt von Ort und Zahl der Personen ab.")),
        ("§ 12 Abs. 7", _("Ein Zuschlag zur Grenze, weil Wohnungen durch den Klimaschutz teurer werden.")),
        ("§ 12 Abs. 6", _("Ein fester Betrag für die Heizung. Er kommt immer dazu.")),
        ("§ 10 Abs. 1 WoGG", _("Alles zusammen, geteilt durch zwölf.")),
        ("Anlage 3 Nr. 1", _("Das Gesetz rechnet mindestens mit diesem Wert.")),
        ("Anlage 3 Nr. 3", _("Ab 50 Cent runden wir auf, darunter ab.")),
        ("§§ 20", _("So steht es im Gesetz: In diesem Fall gibt es kein Wohngeld.")),
    )
