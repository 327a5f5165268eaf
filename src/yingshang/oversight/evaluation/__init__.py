"""Evaluation of the business environment by a third party (营商环境评价).

Seventeen indicators, five methods of collecting, frontier scores, objections,
publication with everything needed to check it. Plan item 35. Owns the words:
evaluation, evaluator, owner's matrix, settlement, data room.
"""
