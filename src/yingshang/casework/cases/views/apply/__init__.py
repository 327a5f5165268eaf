"""The way of an application: start, questions, pages of the form, materials, check."""

from yingshang.casework.cases.views.apply.checking import check, paper
from yingshang.casework.cases.views.apply.filling import page, question
from yingshang.casework.cases.views.apply.materials import material, remove_file
from yingshang.casework.cases.views.apply.starting import drop, overview, refresh, renew, start
from yingshang.casework.cases.views.apply.uploads import announce, piece

__all__ = [
    "announce",
    "check",
    "drop",
    "material",
    "overview",
    "page",
    "paper",
    "piece",
    "question",
    "refresh",
    "remove_file",
    "renew",
    "start",
]
