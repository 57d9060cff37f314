import numpy as np


def main():
    values = np.arange(60000, dtype=np.int64)
    return int(np.sum(values * values) % 65521)
