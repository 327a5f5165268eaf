"""Plain Python that can be checked with paper and pencil: no Django, no database, no clock read inside."""
