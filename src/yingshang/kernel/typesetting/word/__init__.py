"""A paper as DOCX, for offices that go on editing it in WPS or Word."""

from yingshang.kernel.typesetting.papers import Paper

__all__ = ["docx"]


def docx(paper: Paper) -> bytes:
    """Return the DOCX of a paper; see ``writing.docx``, which is read on first use: few processes write a DOCX."""
    from yingshang.kernel.typesetting.word import writing

    return writing.docx(paper)
