"""./ys story: only on a folder of its own."""

import pytest

from yingshang.site.cluster.folder import DataFolder
from yingshang.site.cluster.trouble import Trouble
from yingshang.site.commands import story


def test_a_story_is_not_played_over_a_site_that_people_use(tmp_path):
    folder = DataFolder(tmp_path / "used")
    folder.make()
    folder.write("site.json", {"county": "mulan", "demo": True})
    with pytest.raises(Trouble, match="故事只在空文件夹里演"):
        story.main(["--data", str(folder.path), "--no-serve"])
    assert folder.read("site.json") == {"county": "mulan", "demo": True}
    assert not (folder.path / "story.json").exists()


def test_what_it_is_asked_for():
    wish = story.parse(["--no-serve", "--county", "example", "--port", "8123"])
    assert (wish.no_serve, wish.county, wish.port, wish.bare) == (True, "example", 8123, False)
    assert wish.data.endswith(".ys-story")
