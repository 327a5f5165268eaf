"""What people send from pages, as Django forms; the forms of items are ``kernel.forms``."""
