"""Files to hand in."""

import io
import zipfile

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.YS_DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture(scope="session")
def pdf():
    """One empty A4 page."""
    writer = PdfFileWriter()
    content = writer.add_object(generic.StreamObject(stream_data=b"q Q"))
    writer.insert_page(PageObject(contents=content, media_box=(0, 0, 595, 842)))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def zipped(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


@pytest.fixture(scope="session")
def zip_of():
    return zipped
