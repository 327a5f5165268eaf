"""English beside Chinese: gathered from the sources, compiled without the gettext programs, complete in the frame."""

import gettext
import io
from pathlib import Path

import pytest
from django.utils import translation

from yingshang.kernel.web.translations import Message, compiled, messages_in, parse, printed
from yingshang.kernel.web.translations.gathering import of_module, of_template

WEB = Path(__file__).resolve().parents[1]
CATALOGUE = WEB / "locale" / "en" / "LC_MESSAGES"
MESSAGES = parse((CATALOGUE / "django.po").read_text(encoding="utf-8"))


def test_what_is_compiled_is_what_is_written():
    assert (CATALOGUE / "django.mo").read_bytes() == compiled(MESSAGES)


def test_python_reads_what_we_compile():
    read = gettext.GNUTranslations(io.BytesIO(compiled(MESSAGES)))
    assert read.gettext("超期") == "Overdue"
    assert [read.ngettext("%(count)s天", "%(count)s天", count) for count in (1, 2)] == [
        "%(count)s day",
        "%(count)s days",
    ]
    assert read.gettext("没有这一句") == "没有这一句"


def test_a_catalogue_survives_being_printed_and_read():
    messages = [Message('引号"和\\换行\n', "", ("a\tb",)), Message("%(n)s件", "%(n)s件", ("one", "many"))]
    assert sorted(parse(printed(messages)), key=lambda one: one.text) == sorted(messages, key=lambda one: one.text)


def test_a_line_that_is_none_is_named():
    with pytest.raises(ValueError, match="line 2"):
        parse('msgid "a"\nmsgtxt "b"\n')


def test_templates_and_modules_are_read():
    counted = "{% blocktranslate with n=1 %}乙{{ n }}{% endblocktranslate %}"
    template = '{% load i18n %}{% translate "甲" %}' + counted + '{% crumb _("丙") %}'
    assert [message.text for message in of_template(template)] == ["甲", "乙%(n)s", "丙"]
    module = 'a = _("甲")\nb = ngettext("乙", "乙", 2)\nMenuLine("丙", "x:y")\n_(name)\n'
    assert [message.text for message in of_module(module)] == ["甲", "乙", "丙"]


def test_the_frame_is_in_english():
    english = {message.text for message in MESSAGES if message.is_translated}
    assert set(messages_in(WEB)) - english == set()


@pytest.mark.django_db
def test_the_switch_changes_the_language_and_stays_on_the_page(client):
    with translation.override("zh-hans"):  # a request leaves its language behind in the thread
        answer = client.get("/language/en?next=/help/accessibility/", follow=True)
        assert answer.redirect_chain == [("/help/accessibility/", 302)]
        assert '<html lang="en"' in answer.content.decode()
        assert 'lang="zh-Hans"' in answer.content.decode()
        assert client.get("/language/xx").status_code == 404
        assert client.get("/language/en?next=https://evil.example/")["Location"] == "/"
