"""Electronic credentials (电子证照): licenses and certificates as sealed PDFs, and whether one holds today.

Task 11 of the plan, the sealed license. Owns the words: kind of credential,
identifier, version, template release, verification code.
"""
