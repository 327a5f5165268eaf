"""Service cases (办件): applied for once, corrected once, decided as promised, delivered, explained when late.

Plan items 11, 13 and 14. Owns the words: case, receipt, correction notice,
tolerant acceptance, commitment, letter in lieu, decision, revocation.
"""
