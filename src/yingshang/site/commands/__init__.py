"""What ``./ys`` can do: one module a command, imported only when it is asked for.

``./ys plan parse FILE`` runs ``plan_parse.main(["FILE"])``; ``./ys new-capability``
runs ``new_capability.main``. A module's first docstring line is its line of help.
``main(arguments)`` returns the exit code; it may raise Trouble.
"""
