import numpy as np
import pytest

from tools.errors import BuildError
from tools.models.tfjs.weights import read_weights

HALVES = np.float16([[1.5, -2], [0.25, 65504]])
NUMBERS = np.int32([7, -8])
SCALAR = np.float32(3.25)


def manifest(*paths, quantised="float16"):
    return [
        {
            "paths": list(paths),
            "weights": [
                {
                    "name": "halves",
                    "shape": [2, 2],
                    "dtype": "float32",
                    "quantization": {"dtype": quantised, "original_dtype": "float32"},
                },
                {"name": "numbers", "shape": [2], "dtype": "int32"},
                {"name": "scalar", "shape": [], "dtype": "float32"},
            ],
        }
    ]


CONTENT = HALVES.tobytes() + NUMBERS.tobytes() + SCALAR.tobytes()


@pytest.mark.parametrize("cut", [0, 5, 12])
def test_weights_may_run_on_from_shard_to_shard(tmp_path, cut):
    (tmp_path / "1.bin").write_bytes(CONTENT[:cut])
    (tmp_path / "2.bin").write_bytes(CONTENT[cut:])

    weights = read_weights(manifest("1.bin", "2.bin"), tmp_path)

    np.testing.assert_array_equal(weights["halves"], HALVES.astype(np.float32), strict=True)
    np.testing.assert_array_equal(weights["numbers"], NUMBERS, strict=True)
    np.testing.assert_array_equal(weights["scalar"], np.array(SCALAR), strict=True)


@pytest.mark.parametrize(
    ("content", "code"), [(CONTENT[:-1], "tfjs-shards-short"), (CONTENT + b"!", "tfjs-shards-long")]
)
def test_shards_of_another_length_are_refused(tmp_path, content, code):
    (tmp_path / "1.bin").write_bytes(content)

    with pytest.raises(BuildError, match=code):
        read_weights(manifest("1.bin"), tmp_path)


def test_integer_quantisation_is_refused_by_name(tmp_path):
    (tmp_path / "1.bin").write_bytes(CONTENT)

    with pytest.raises(BuildError, match=r"tfjs-weight-type: weight=halves .*stored_as=uint8"):
        read_weights(manifest("1.bin", quantised="uint8"), tmp_path)
