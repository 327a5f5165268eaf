"""A paper as DOCX, for offices that go on editing it in WPS or Word."""

from yingshang.kernel.typesetting.word.writing import docx

__all__ = ["docx"]
