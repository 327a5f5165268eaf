"""From a file to its plain text and blocks: text, HTML, DOCX and PDF.

``read(path)`` looks at the content, not at the name, and refuses in one
sentence what cannot be read: broken, encrypted, empty, too large, scanned.
"""

from yingshang.oversight.plan_tasks.readers.containers import read
from yingshang.oversight.plan_tasks.readers.source import LARGEST_FILE, Source, Unreadable

__all__ = ["LARGEST_FILE", "Source", "Unreadable", "read"]
