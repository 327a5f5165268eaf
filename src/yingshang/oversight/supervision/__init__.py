"""Supervision (督办): what is late is reminded of, chased, answered for, and made known.

Plan items 33 and 13, and the closing requirements. Owns the words: authority,
ladder, rung, digest, supervision, letter, answer, objection. Watches kernel
obligations and knows none of the packages that opened them.
"""
