"""The operators that OpenCV's importer claims: the keys of its dispatch tables.

claimed.txt was read from modules/dnn/src/onnx/onnx_importer.cpp of OpenCV 4.14.0. For another
version: python -m tests.opencv.operators.claimed onnx_importer.cpp > claimed.txt
"""

import re
import sys
from pathlib import Path

_LIST = Path(__file__).with_name("claimed.txt")


def claimed():
    """Names of operators, of ai.onnx and of com.microsoft."""
    return set(_LIST.read_text(encoding="utf-8").split())


def read_from_source(text):
    """The same from the importer's C++."""
    names = re.findall(r'dispatch\["(\w+)"\]', text)
    simple = re.search(r"simpleLayers\{(.*?)\}", text, re.DOTALL)
    return sorted({*names, *re.findall(r'"(\w+)"', simple[1])})


if __name__ == "__main__":
    print("\n".join(read_from_source(Path(sys.argv[1]).read_text(encoding="utf-8"))))
