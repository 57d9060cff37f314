"""Where boxes are and how they move: a Kalman filter for each, all of them computed at once.

The model is that of SORT (https://arxiv.org/abs/1602.00763) and ByteTrack
(https://arxiv.org/abs/2110.06864): centre and size of a box change at constant velocity. Two
things differ. Time is counted in seconds, not in frames, because a phone's frame rate varies.
And each coordinate is a filter of its own (position, velocity and their 2 x 2 covariance, with the
noise of an acceleration that is white: Bar-Shalom, Estimation with Applications to Tracking and
Navigation, 6.2.2), so that no matrix is inverted.

All noise is in parts of the box's own size. Measured with YOLOX-nano and CenterNet on a photo that
moved below the camera, a centre jumps by 1 to 3 % of it from frame to frame, a side by 2 to 5 %.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MEASURED = np.array((0.03, 0.03, 0.06, 0.06))  # sd of the detector's centre and size, sizes
FIRST_VELOCITY = 1.0  # sd, sizes/s: what is known of a box that was seen once
ACCELERATION = np.array((0.5, 0.5, 0.2, 0.2))  # the white noise's power, sizes^2/s^3
SURPRISE = 3.0  # sd; what is further from its prediction has changed its course


class Motion:
    """Boxes in motion.

    Attributes:
        state: float64 (5, N, 4) of centre x, y, width, height in pixels and seconds: position,
            velocity, variance of the position, covariance of both, variance of the velocity.
    """

    def __init__(self) -> None:
        """Without any boxes."""
        self.state: Floats = np.zeros((5, 0, 4))

    def add(self, boxes: Floats) -> None:
        """Boxes (N, 4) x0, y0, x1, y1 that were seen for the first time."""
        position = _centred(boxes)
        size = _size(position)
        nothing = np.zeros_like(position)
        variance = np.broadcast_to((FIRST_VELOCITY * size) ** 2, position.shape)
        state = (position, nothing, (MEASURED * size) ** 2, nothing, variance)
        self.state = np.concatenate((self.state, np.stack(state)), axis=1)

    def keep(self, kept: NDArray[np.bool_]) -> None:
        """Forgets those that are False in `kept` (N,)."""
        self.state = self.state[:, kept]

    def predict(self, seconds: float, lost: NDArray[np.bool_]) -> None:
        """Moves all boxes on in time.

        Those that are `lost` (N,) keep their size: nobody sees whether they still grow. So does
        ByteTrack.
        """
        position, velocity, variance, covariance, velocity_variance = self.state
        velocity[lost, 2:] = 0
        noise = ACCELERATION * _size(position) ** 2
        position += velocity * seconds
        np.maximum(position[:, 2:], 1.0, out=position[:, 2:])
        variance += seconds * (2 * covariance + seconds * velocity_variance)
        variance += noise * seconds**3 / 3
        covariance += seconds * velocity_variance + noise * seconds**2 / 2
        velocity_variance += noise * seconds

    def correct(self, which: NDArray[np.intp], boxes: Floats, seconds: float) -> None:
        """Takes in boxes (M, 4) seen now, of the ones at `which` (M,), `seconds` after the last.

        A filter that keeps still boxes still would lag behind one that sets off. So where a box
        is further from its prediction than chance allows, its velocity is taken to have changed
        by what explains that.
        """
        position, velocity, variance, covariance, velocity_variance = self.state[:, which]
        measured = _centred(boxes)
        noise = (MEASURED * _size(measured)) ** 2
        innovation = measured - position
        unexplained = np.maximum((innovation / SURPRISE) ** 2 - variance - noise, 0)
        if seconds > 0:
            variance += unexplained
            covariance += unexplained / seconds
            velocity_variance += unexplained / seconds**2
        gain = variance / (variance + noise)
        velocity_gain = covariance / (variance + noise)
        position += gain * innovation
        velocity += velocity_gain * innovation
        velocity_variance -= velocity_gain * covariance
        variance *= 1 - gain
        covariance *= 1 - gain
        np.maximum(position[:, 2:], 1.0, out=position[:, 2:])
        self.state[:, which] = position, velocity, variance, covariance, velocity_variance

    def boxes(self) -> Floats:
        """All boxes (N, 4), x0, y0, x1, y1."""
        centres, half = self.state[0, :, :2], self.state[0, :, 2:] / 2
        return np.hstack((centres - half, centres + half))

    def velocities(self) -> Floats:
        """Pixels a second (N, 4) of the boxes' left side, top side, width and height.

        A box that lies still has a velocity too, made of noise, and would tremble when drawn at
        another time than its frame's. So what is no larger than its standard deviation is taken
        for nothing, what is twice as large for certain, and between the two there is no jump (firm
        shrinkage: Gao and Bruce, WaveShrink with firm shrinkage, 1997).
        """
        velocity, deviation = self.state[1], np.sqrt(self.state[4])
        size = np.abs(velocity)
        certain = np.sign(velocity) * np.clip(2 * (size - deviation), 0, size)
        return np.hstack((certain[:, :2] - certain[:, 2:] / 2, certain[:, 2:]))


def _centred(boxes: Floats) -> Floats:
    """Centre x, y, width, height of boxes x0, y0, x1, y1."""
    return np.hstack(((boxes[:, :2] + boxes[:, 2:]) / 2, boxes[:, 2:] - boxes[:, :2]))


def _size(position: Floats) -> Floats:
    """The side (N, 1) of a square of the box's area, at least a pixel."""
    area = position[:, 2:3] * position[:, 3:4]
    return np.sqrt(np.maximum(area, 1.0))
