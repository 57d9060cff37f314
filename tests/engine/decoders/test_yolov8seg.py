import numpy as np

# An input of 320 x 160; prototypes of 80 x 40, so 4 px a cell.
NAMES = ("rows", "prototypes")


def outputs(transposed=False):
    """Two boxes that are one thing; the first prototype is its left half, the second nothing."""
    rows = np.zeros((1, 8, 50), np.float32)
    rows[0, :, 0] = [160, 80, 80, 40, 0.9, 0.1, 10, 0]
    rows[0, :, 1] = [162, 80, 80, 40, 0.8, 0.1, 10, 0]
    prototypes = np.full((1, 2, 40, 80), -1, np.float32)
    prototypes[0, 0, :, :40] = 1
    return {
        "rows": rows.transpose(0, 2, 1) if transposed else rows,
        "prototypes": prototypes,
    }


def test_a_mask_is_a_sum_of_prototypes_and_ends_with_its_box(decoder):
    found = decoder("yolov8seg", outputs=NAMES, task="mask")(outputs())
    assert found.boxes.tolist() == [[120, 60, 200, 100]]
    assert found.class_ids.tolist() == [0]
    points = np.concatenate(found.shapes.polygons[0])
    np.testing.assert_allclose(points.min(axis=0), [120, 60], atol=4)
    np.testing.assert_allclose(points.max(axis=0), [160, 100], atol=4)


def test_rows_may_be_transposed(decoder):
    decode = decoder("yolov8seg", outputs=NAMES, task="mask")
    assert decode(outputs(transposed=True)).boxes.tolist() == [[120, 60, 200, 100]]
