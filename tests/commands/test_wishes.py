"""A word that a command cannot read is one sentence in Chinese and one in English."""

import pytest

from yingshang.site.commands.__main__ import main


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("run --nope", "参数写得不对，请看 ./ys run --help。"),
        ("run --port 0", "“0”不是端口，请写1到65535之间的整数。"),
        ("run --port 99999", "“99999”不是端口，请写1到65535之间的整数。"),
        ("run --port eighty", "“eighty”不是端口，请写1到65535之间的整数。"),
        ("ledger", "参数写得不对，请看 ./ys ledger --help。"),
        ("ledger erase", "参数写得不对，请看 ./ys ledger --help。"),
        ("backup", "参数写得不对，请看 ./ys backup --help。"),
        ("restore", "参数写得不对，请看 ./ys restore --help。"),
        ("plan parse", "参数写得不对，请看 ./ys plan parse --help。"),
        ("plan import", "参数写得不对，请看 ./ys plan import --help。"),
    ],
)
def test_it_says_so_in_two_lines_and_does_nothing(words, said, capsys):
    assert main(words.split()) == 1
    out, told = capsys.readouterr()
    assert out == ""
    assert told.splitlines()[0] == f"✗ {said}"
    assert len(told.splitlines()) == 2
