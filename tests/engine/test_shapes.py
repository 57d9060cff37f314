import json

import numpy as np

from mekiki.shapes import Shapes


def ring(*points):
    return np.array(points, np.float32)


SQUARE = ring((0, 0), (4, 0), (4, 4), (0, 4))
HOLE = ring((1, 1), (2, 1), (2, 2))
SHAPES = Shapes(
    points=np.array([[[1, 2, 0.5]], [[3, 4, 0.25]]], np.float32),
    quads=np.stack((SQUARE, SQUARE + 10)),
    polygons=((SQUARE, HOLE), (SQUARE + 10,)),
)


def test_taking_keeps_each_shape_with_its_detection():
    taken = SHAPES.take(np.array([1, 0]))
    assert taken.points[:, 0, 0].tolist() == [3, 1]
    assert taken.quads[0, 0].tolist() == [10, 10]
    assert [len(rings) for rings in taken.polygons] == [1, 2]
    only = SHAPES.take(np.array([True, False]))
    assert len(only.points) == len(only.quads) == len(only.polygons) == 1


def test_moving_leaves_the_scores_of_key_points():
    moved = SHAPES.moved(lambda points: points * np.float32(2) + np.float32(1))
    assert moved.points.tolist() == [[[3, 5, 0.5]], [[7, 9, 0.25]]]
    assert moved.quads[1, 0].tolist() == [21, 21]
    assert moved.polygons[0][1].tolist() == [[3, 3], [5, 3], [5, 5]]


def test_clipping_leaves_key_points_where_they_are():
    clipped = SHAPES.clipped(2, 3)
    assert clipped.points is SHAPES.points
    assert clipped.quads.max(axis=(0, 1)).tolist() == [2, 3]
    assert clipped.polygons[1][0].tolist() == [[2, 3]] * 4


def test_plain_numbers_for_one_detection():
    plain = SHAPES.to_plain(0)
    assert json.loads(json.dumps(plain)) == {
        "points": [[1, 2, 0.5]],
        "quad": [[0, 0], [4, 0], [4, 4], [0, 4]],
        "polygons": [[0, 0, 4, 0, 4, 4, 0, 4], [1, 1, 2, 1, 2, 2]],
    }
    assert Shapes().to_plain(0) == {}
