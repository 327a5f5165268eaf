"""The monthly bulletin: drafted from the records, worded by the bureau, reviewed by a second person, issued.

Plan item 33. Owns the words: bulletin, taking, figure, place, outline.
"""
