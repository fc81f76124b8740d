"""Wohngeld (WoGG): form, evidence, assessment and notice of one Leistung."""
