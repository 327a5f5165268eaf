"""The processes of a running site: one that supervises, the web server, the worker, and one that prepares.

The supervising process never imports Django. It starts the database, lets
``prepare`` migrate and load what has changed since the last start, then keeps
``web`` and ``worker`` alive until it is told to stop.
"""
