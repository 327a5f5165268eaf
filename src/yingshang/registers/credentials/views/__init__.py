"""Pages: translate, call, translate back."""

from yingshang.registers.credentials.views.desk import do, issued, issued_one, propose, release, specimen, templates
from yingshang.registers.credentials.views.mine import mine, mine_one
from yingshang.registers.credentials.views.public import kinds, verify, verify_file

__all__ = [
    "do",
    "issued",
    "issued_one",
    "kinds",
    "mine",
    "mine_one",
    "propose",
    "release",
    "specimen",
    "templates",
    "verify",
    "verify_file",
]
