"""Inspections of enterprises (双随机、一公开), from the published item to the published result.

No visit without an item on the published list, an approval, a scan at the
door, room under the yearly cap, and inspectors who hold valid certificates and
have no tie to the enterprise. Plan items 4, 5 and 13. Owns the words: target,
inspector, grade, tie, inspection plan, batch, visit, scan, finding.
"""
