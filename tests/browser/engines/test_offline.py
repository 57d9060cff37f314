"""The whole thread in each engine: photo, model, detection; then again with the server gone."""

from tests.browser.app import RECORD
from tests.browser.engines.test_app import site, wait_until

__all__ = ["site"]  # the fixture, for pytest

# The samples come last; what counts them answers later, so it is asked again and again.
SAMPLES_KEPT = """(
  caches.keys()
    .then((names) => caches.open(names.find((name) => name.startsWith("mekiki-assets"))))
    .then((cache) => cache.keys())
    .then((kept) => { globalThis.photos = kept.filter(({ url }) => url.endsWith(".jpg")).length; }),
  globalThis.photos === 6
)"""
RESULTS = "globalThis.results.length && globalThis.results"


def detected(tab):
    """Labels found in the first sample, on a page that was just loaded."""
    wait_until(tab, "document.documentElement.dataset.shell === 'interactive'")
    tab.call(RECORD)
    tab.call("document.querySelector('[data-sample=dog]').click()")
    return sorted(each["label"] for each in wait_until(tab, RESULTS)[0]["detections"])


def test_what_was_detected_once_is_detected_with_the_server_gone(engine, tab_of, site, tell):
    tab = tab_of(engine)
    tab.goto(site.url)
    first = detected(tab)
    assert "dog" in first
    # Everything is kept, was compared with its hashes, and was used by a worker without network.
    wait_until(tab, "!document.querySelector('#badge-offline').hidden")
    wait_until(tab, SAMPLES_KEPT)
    site.stop()
    tab.goto(site.url)
    assert detected(tab) == first
    words = wait_until(tab, "document.querySelector('#engine-text').textContent")
    assert words.startswith("Ready")
    tell(f"{engine}: the same with the server gone")
