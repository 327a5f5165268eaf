"""The page's verifier in a real browser says what the command says."""

from tests.draws.browsing import verifying
from tests.draws.making import KEY, example, published
from tests.draws.test_manipulations import FRAUDS

from yingshang.methods import draw


def test_chromium_and_python_agree_on_every_fraud(browser):
    texts = [draw.canonical(published(example()))]
    texts += [draw.canonical(deed()) for deeds in FRAUDS.values() for deed in deeds]
    with verifying(browser) as verify:
        for text in texts:
            told, _ = verify(text, KEY)
            assert told.encode() == draw.as_json(draw.verify(text, key=KEY))
