"""The county's story, played on a clean data folder: actor by actor, the clock moved, through the real operations.

A chapter is a list of acts in a file of its own, and one line in ``chapters``.
"""
