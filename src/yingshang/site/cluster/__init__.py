"""The data folder and the embedded PostgreSQL in it: binaries from the wheel, nothing else from it.

``folder`` knows what lies where and who may read it, ``server`` starts and
stops PostgreSQL, ``leftovers`` ends what a killed supervisor left running,
``database`` hands out the two addresses, ``roles`` makes the two roles, and
``trouble`` says in one sentence what stops us.
"""
