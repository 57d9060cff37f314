// User Timing marks that need the browser's own clock. The others are set where they happen:
// shell:interactive, engine:ready and detection:first in mpy/.

/** Marks `shell:painted` at the time of the first contentful paint, once the browser tells it. */
export function markPaint() {
  if (!PerformanceObserver.supportedEntryTypes?.includes("paint")) {
    requestAnimationFrame(() => setTimeout(() => performance.mark("shell:painted")));
    return;
  }
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntriesByName("first-contentful-paint")) {
      performance.mark("shell:painted", { startTime: entry.startTime });
      observer.disconnect();
    }
  });
  observer.observe({ type: "paint", buffered: true });
}
