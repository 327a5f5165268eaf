"""Several files in one field."""

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from yingshang.kernel.web import OneFileField, SeveralFilesField

ONE, TWO = (SimpleUploadedFile(f"{n}.png", b"x") for n in (1, 2))


@pytest.mark.parametrize("given, clean", [(None, []), ([], []), (ONE, [ONE]), ([ONE, TWO], [ONE, TWO])])
def test_what_was_chosen_comes_as_a_list(given, clean):
    assert SeveralFilesField(required=False).clean(given) == clean


def test_an_empty_file_among_several_is_refused_and_so_is_nothing_where_one_is_needed():
    for given in ([ONE, SimpleUploadedFile("3.png", b"")], []):
        with pytest.raises(forms.ValidationError):
            SeveralFilesField().clean(given)


def test_the_control_says_what_it_takes_and_whether_a_phone_opens_its_camera():
    drawn = SeveralFilesField(accept=("application/pdf",), camera=True).widget.render("papers", None)
    assert 'accept="application/pdf"' in drawn
    assert 'capture="environment"' in drawn
    assert "multiple" in drawn
    assert "capture" not in SeveralFilesField().widget.render("photos", None)


def test_one_file_larger_than_what_is_kept_is_refused_and_the_hint_says_how_large(settings):
    settings.YS_DOCUMENT_MAX_BYTES = 3 << 20
    field = OneFileField(help_text="不超过{largest}。", required=False)
    assert (str(field.help_text), field.clean(ONE), field.clean(None)) == ("不超过3MB。", ONE, None)
    settings.YS_DOCUMENT_MAX_BYTES = 0
    with pytest.raises(forms.ValidationError) as refused:
        field.clean(ONE)
    assert refused.value.code == "too_large"
