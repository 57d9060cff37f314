import pytest

from wheels.recipe.__main__ import Recipe
from wheels.recipe.output import Output
from wheels.recipe.pins import read_pins
from wheels.recipe.places import Places

TOOLS = {"emcc": "6.0.5", "clang": "21.1.8", "wasm-opt": "124", "cmake": "4.3.4"}


@pytest.fixture
def recipe(tmp_path):
    """A work folder that has builds, a root and sources."""
    for name in ("w/numpy/build", "w/opencv/simd", "w/opencv/src", "w/ccache", "root"):
        (tmp_path / name).mkdir(parents=True)
    return Recipe(Places(tmp_path), read_pins(), Output(tmp_path / "out"), cached=True)


def built(recipe):
    return [
        name
        for name in ("w/numpy/build", "w/opencv/simd", "w/opencv/src", "w/ccache", "root")
        if (recipe.places.work / name).is_dir()
    ]


def test_builds_stay_while_the_compilers_are_the_same(recipe):
    everything = built(recipe)
    for tools in (TOOLS, TOOLS, TOOLS | {"cmake": "4.4.0"}):
        recipe.keep_builds_of(tools)

        assert built(recipe) == everything


def test_another_compiler_compiles_everything_again(recipe, capsys):
    recipe.keep_builds_of(TOOLS)
    recipe.keep_builds_of(TOOLS | {"emcc": "6.0.6"})

    assert built(recipe) == ["w/opencv/src", "w/ccache", "root"]
    assert "the compilers have changed" in capsys.readouterr().out
