"""How personal codes are shown in lists."""

from __future__ import annotations


def number(code: str) -> str:
    """Return a code with its first 6 and last 4 characters; one too short for that is hidden whole.

    >>> number("230127199001010016")
    '230127********0016'
    """
    return _ends(code, 6, 4)


def phone(text: str) -> str:
    """Return a telephone number with its first 3 and last 4 digits.

    >>> phone("13800001234")
    '138****1234'
    """
    return _ends(text, 3, 4)


def person(name: str) -> str:
    """Return a person's name with its first character only.

    >>> person("王敏"), person("欧阳小华")
    ('王*', '欧***')
    """
    return name[:1] + "*" * (len(name) - 1) if len(name) > 1 else "*" * len(name)


def _ends(text: str, first: int, last: int) -> str:
    hidden = len(text) - first - last
    if hidden <= 0:
        return "*" * len(text)
    return f"{text[:first]}{'*' * hidden}{text[-last:]}"
