"""Calls that draw."""

import cv2
import numpy as np


def _canvas():
    return np.full((90, 140, 3), 40, np.uint8)


def lines():
    canvas = _canvas()
    cv2.line(canvas, (3, 5), (130, 70), (255, 0, 0), 3)
    cv2.line(canvas, (3, 80), (130, 10), (0, 255, 0), 1, cv2.LINE_AA)
    cv2.arrowedLine(canvas, (20, 20), (90, 50), (0, 0, 255), 2)
    return canvas


def shapes():
    canvas = _canvas()
    cv2.rectangle(canvas, (10, 10), (60, 50), (0, 255, 255), 2)
    cv2.rectangle(canvas, (70, 10), (90, 30), (9, 8, 7), cv2.FILLED)
    cv2.circle(canvas, (100, 60), 20, (255, 0, 255), 1, cv2.LINE_AA)
    cv2.ellipse(canvas, (50, 60), (30, 15), 25, 0, 300, (1, 255, 3), 2)
    cv2.drawMarker(canvas, (120, 20), (255, 255, 255))
    return canvas


def polygons():
    canvas = _canvas()
    star = np.int32([[70, 5], [85, 80], [20, 30], [120, 30], [50, 80]])
    cv2.fillPoly(canvas, [star], (30, 90, 200))
    cv2.polylines(canvas, [star], True, (255, 255, 255), 1, cv2.LINE_AA)
    cv2.drawContours(canvas, [star.reshape(-1, 1, 2)], 0, (0, 0, 0), 2)
    return canvas


def text():
    canvas = _canvas()
    for row, font in enumerate((cv2.FONT_HERSHEY_SIMPLEX, cv2.FONT_HERSHEY_PLAIN)):
        cv2.putText(canvas, "Mekiki 3.14", (5, 30 + 35 * row), font, 0.8, (255, 255, 255), 2)
    return canvas, cv2.getTextSize("Mekiki", cv2.FONT_HERSHEY_DUPLEX, 1.0, 2)[0]


def text_smooth():
    canvas = _canvas()
    cv2.putText(canvas, "AA", (5, 60), cv2.FONT_HERSHEY_TRIPLEX, 1.7, (0, 255, 9), 1, cv2.LINE_AA)
    return canvas
