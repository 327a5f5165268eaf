"""Yingshang (营商): the software a county runs its business environment on.

The tiers, from the bottom: ``methods`` (plain Python), ``kernel`` (the nouns
and the two verbs), ``registers``, ``casework``, ``conduct``, ``channels`` and
``oversight`` (capabilities), ``site`` (settings and the list of what is
installed). Imports point downward only; see docs/architecture.md.
"""
