"""The electronic seal on what the city issues: port.py says what is asked, each adapter is a module beside it.

A city's own seal is a dotted path in KIEPE_SEAL; tests/documents/test_seal.py holds the tests that each must pass.
"""
