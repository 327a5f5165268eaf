"""Forms as data: a JSON Schema with the order of its fields, asked on a screen, read, shown and printed.

Owns the words: form (表单), field, page of a form, prefilled value, fault. Items,
surveys and field sheets share it, so it knows none of them: a schema comes in,
plain values go out. Nothing is stored here and no clock is read.
"""

from yingshang.kernel.forms.checking import check
from yingshang.kernel.forms.drawing import Drawn, fields
from yingshang.kernel.forms.faults import Fault
from yingshang.kernel.forms.prefilled import Prefilled, held_names
from yingshang.kernel.forms.reading import Answers, judge, read, take, usable
from yingshang.kernel.forms.schema import Field, PageOfForm, pages, schema_field
from yingshang.kernel.forms.shown import paper, rows

__all__ = [
    "Answers",
    "Drawn",
    "Fault",
    "Field",
    "PageOfForm",
    "Prefilled",
    "check",
    "fields",
    "held_names",
    "judge",
    "pages",
    "paper",
    "read",
    "rows",
    "schema_field",
    "take",
    "usable",
]
