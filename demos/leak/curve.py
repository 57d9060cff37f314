"""The heap's curve: as many frames and megabytes for both programs, so that they compare."""

import pyodide_js
from stage import svg

WIDTH, HEIGHT = 320, 160


def megabytes():
    """What WebAssembly's memory takes: all of Python is inside."""
    return pyodide_js._module.HEAPU8.length / 1e6


class Curve:
    def __init__(self, frames, megabytes):
        self.frames, self.most = frames, megabytes
        self.count, self.heaps, self.seconds = 0, [], []

    def goes_on(self):
        """Not for ever: a phone ends a page that takes too much."""
        return self.count < self.frames and megabytes() < self.most

    def add(self, seconds):
        self.count += 1
        self.heaps.append(megabytes())
        self.seconds.append(seconds)
        if self.count % 5 == 0:
            self.draw()

    def draw(self):
        points = " ".join(
            "%.1f,%.1f" % (place * WIDTH / self.frames, HEIGHT * (1 - heap / self.most))
            for place, heap in enumerate(self.heaps)
        )
        recent = self.seconds[-20:]
        now = "%.0f MB, %.2f ms" % (self.heaps[-1], 1000 * sum(recent) / len(recent))
        svg(
            '<svg viewBox="0 -20 %d %d" role="img" '
            'aria-label="Heap by frame: %s">'
            '<rect y="0" width="%d" height="%d" class="ground"/>'
            '<text x="4" y="-6" font-size="13">%d MB</text>'
            '<text x="%d" y="-6" font-size="13" text-anchor="end">%s</text>'
            '<polyline points="%s" class="curve"/></svg>'
            % (WIDTH, HEIGHT + 20, now, WIDTH, HEIGHT, self.most, WIDTH, now, points)
        )

    def end(self):
        self.draw()
        grown = self.heaps[-1] - self.heaps[0]
        print("frames: %d" % self.count)
        print("heap: %.0f MB, grown by %.0f MB" % (self.heaps[-1], grown))
        print("a frame: %.2f ms" % (1000 * sum(self.seconds) / self.count))
