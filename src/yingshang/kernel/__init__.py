"""Five nouns (Unit, Procedure, Dossier, Obligation, Entry), two verbs (permit, record), and what they need."""
