"""The plan as the task ledger: the notice goes in as text, out come duties that units owe.

Plan items: the plan itself (方案本身). Owns the words: plan, edition, task,
reading, question, duty.
"""
