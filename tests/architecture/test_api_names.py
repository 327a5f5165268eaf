"""The API description keeps one shape for each name."""

import re
from collections import Counter

from tests.architecture.tree import modules

SHAPE = re.compile(r"^class (\w+)\((?:Schema|rest\.Bounded|Bounded|\w+(?:Out|In))\):", re.MULTILINE)


def test_no_two_packages_give_different_shapes_the_same_name():
    """The last one described would stand for both, and clients would wait for fields that never come."""
    rest = [path for path in modules() if path.parent.name == "rest" or path.stem == "rest"]
    named = Counter(name for path in rest for name in SHAPE.findall(path.read_text(encoding="utf-8")))
    assert [name for name, count in named.items() if count > 1] == [], "name the shape after its package's thing"
