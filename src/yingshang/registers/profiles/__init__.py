"""Personal and enterprise data of a party, behind reads that name their purpose and that the party can see.

One identity for every unit: what was given once is held here, with its source,
and is not asked again. Nobody can list people: values open for one party at a
time, inside a matter, and each opening is recorded. Plan item 16. Owns the
words: held value, purpose, reading, objection, outside registry.
"""
