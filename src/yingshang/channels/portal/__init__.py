"""The portal (门户): how a citizen or an enterprise finds what to do, and what is theirs.

Plan items 13 and 14. Composes what the registers and cases offer through
their doors and owns no data. Owns the words: life event, way in.
"""
