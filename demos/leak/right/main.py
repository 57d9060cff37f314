import asyncio
import time

import numpy as np
from curve import Curve
from js import Uint8ClampedArray
from pyodide.ffi import create_proxy

pixels = Uint8ClampedArray.new(480 * 640 * 4)  # as a canvas has them
curve = Curve(frames=150, megabytes=240)

while curve.goes_on():
    frame = np.full((480, 640, 4), curve.count % 256, np.uint8)  # what was drawn
    started = time.perf_counter()
    proxy = create_proxy(frame)
    view = proxy.getBuffer("u8clamped")
    pixels.set(view.data)
    view.release()
    proxy.destroy()
    curve.add(time.perf_counter() - started)
    await asyncio.sleep(0)
curve.end()
