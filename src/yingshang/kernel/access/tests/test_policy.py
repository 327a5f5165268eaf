"""One policy per action, in words; a missing one is an error, never a yes."""

import pytest

from yingshang.kernel import access, org
from yingshang.kernel.access import registered
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import ANONYMOUS, Actor, Level

CLERK = Actor(person="p-1", name="甲", unit="scjgj", posts=frozenset({"publisher"}), level=Level.SECOND_FACTOR)


@pytest.fixture
def made_up(monkeypatch):
    """Two rules of a made-up package; the real ones come back afterwards."""
    monkeypatch.setattr(registered, "_rules", {})
    monkeypatch.setattr(registered, "_twins", {})

    @access.policy("example.publish", zh="有公示岗位的人。")
    def may_publish(actor: Actor, unit: org.Unit | None) -> Refusal | None:
        """Whoever holds the publishing post."""
        return None if "publisher" in actor.posts else Refusal("example.no_post", "您没有公示岗位。")

    @access.policy("example.look")
    def may_look(actor: Actor, _subject: object) -> Refusal | None:
        """Everybody."""
        return None

    return may_publish


def test_permit_raises_what_may_returns(made_up):
    assert access.may(CLERK, "example.publish") is None
    access.permit(CLERK, "example.publish")
    with pytest.raises(Refusal) as refusal:
        access.permit(ANONYMOUS, "example.publish")
    assert refusal.value.code == access.may(ANONYMOUS, "example.publish").code == "example.no_post"


def test_an_action_without_a_policy_is_an_error_and_no_yes(made_up):
    with pytest.raises(KeyError):
        access.permit(CLERK, "example.delete_everything")


def test_a_second_policy_for_one_action_stops_the_program(made_up):
    with pytest.raises(ValueError, match="two policies"):

        @access.policy("example.look")
        def another(actor, subject):
            """Nobody."""


def test_a_rule_has_its_words_and_its_subject(made_up):
    publish, look = registered._rules["example.publish"], registered._rules["example.look"]
    assert (publish.words, look.words) == ("有公示岗位的人。", "Everybody.")
    assert (publish.subject, look.subject) == (org.Unit, None)


def test_undeclared_and_unguarded_actions_are_named(made_up):
    found = access.problems()
    assert any("“administration.appoint” has no policy" in problem for problem in found)
    assert any("“example.publish” guards an action that no manifest declares" in problem for problem in found)


def test_nothing_is_wrong_with_what_is_installed():
    assert access.problems() == []


@pytest.mark.django_db
def test_a_subject_is_found_by_its_number(made_up, example_county):
    unit = org.unit("sfj")
    assert access.subject_of("example.publish", str(unit.pk)) == unit
    assert access.subject_of("example.look", "7") is None
    for number in ("0", "x"):
        with pytest.raises(NotFound):
            access.subject_of("example.publish", number)


@pytest.mark.django_db
def test_a_text_that_is_no_number_of_a_document_is_a_number_that_is_not_there():
    for number in ("12", "", "0" * 36, "9" * 400):
        with pytest.raises(NotFound):
            access.subject_of("documents.open", number)
