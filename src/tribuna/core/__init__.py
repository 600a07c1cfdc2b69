"""Core: small pure functions that every room may use. No models, no views, no settings of its own.

``plug`` loads what a setting names, ``signing`` makes and reads sealed tokens, ``net`` knows whom to believe about
an address, ``text`` reads, cleans and renders what strangers typed, ``chain`` makes lines of a ledger that can't be
altered unseen.
"""
