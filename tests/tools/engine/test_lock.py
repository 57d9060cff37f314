import hashlib
import json

from tools.engine.lock import lock_file, moved
from tools.engine.wheels import Recipe, Wheel

STOCK = {"info": {"python": "3.14.2"}, "packages": {"pandas": {}}}
TOY = Wheel(Recipe("toy", ("toy", "toys"), depends=("box",)), "toy-1.0-py3.whl", "1.0", b"toy")
BOX = Wheel(Recipe("box", ("box",)), "box-2.0-py3.whl", "2.0", b"box")


def packages(lock):
    return json.loads(lock)["packages"]


def test_the_lock_keeps_the_runtimes_facts_and_none_of_its_packages():
    lock = json.loads(lock_file(STOCK, {"toy.whl": TOY}))
    assert lock["info"] == STOCK["info"]
    assert set(lock["packages"]) == {"toy"}


def test_each_wheel_has_its_address_digest_imports_and_needs():
    lock = packages(lock_file(STOCK, {"toy.whl": TOY, "../box.whl": BOX}))
    assert {name: each["file_name"] for name, each in lock.items()} == {
        "toy": "toy.whl",
        "box": "../box.whl",
    }
    assert lock["toy"]["sha256"] == hashlib.sha256(b"toy").hexdigest()
    assert (lock["toy"]["imports"], lock["toy"]["depends"]) == (["toy", "toys"], ["box"])


def test_moving_one_wheel_changes_its_address_and_nothing_else():
    lock = lock_file(STOCK, {"toy.whl": TOY, "box.whl": BOX})
    expected = lock_file(STOCK, {"toy.whl": TOY, "../there/box.whl": BOX})
    assert moved(lock, "box", "../there/box.whl") == expected
