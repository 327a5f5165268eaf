"""What the registers say of themselves to people is Chinese and complete."""

import re

from yingshang.kernel import access, registry

HAN = re.compile(r"[\u4e00-\u9fff]")
SENTENCE_IN_LATIN = re.compile(r"[A-Za-z]+ [a-z]+ [a-z]+")


def test_every_rule_about_who_may_do_what_is_said_in_chinese():
    said = {action: rule.words for action, rule in access.rules().items()}
    assert said
    assert [action for action, words in said.items() if not HAN.search(words) or SENTENCE_IN_LATIN.search(words)] == []


def test_every_title_and_every_line_of_the_ledger_is_said_in_chinese():
    for manifest in registry.capabilities():
        said = [manifest.title, *manifest.actions.values(), *manifest.obligations.values(), *manifest.ledger.values()]
        assert [words for words in said if not HAN.search(words)] == [], manifest.name
