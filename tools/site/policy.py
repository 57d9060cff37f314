"""What the page and its workers may reach.

One source for the page's <meta>, for the headers that the service worker adds, and for the files
that hosts read (tools/site/hosting.py). docs/security.md says what each of these protects.
"""

from __future__ import annotations

from collections.abc import Sequence

_PAGE = {
    "default-src": ["'none'"],
    "script-src": ["'self'", "'wasm-unsafe-eval'"],
    "worker-src": ["'self'"],
    "connect-src": ["'self'"],
    "img-src": ["'self'", "blob:"],
    "media-src": ["'self'", "blob:"],
    "style-src": ["'self'"],
    "manifest-src": ["'self'"],
    "base-uri": ["'none'"],
    "form-action": ["'none'"],
}
# The person's own decoder runs in a worker: it reaches this site and nothing else.
_WORKER = {
    "default-src": ["'none'"],
    "script-src": ["'self'", "'wasm-unsafe-eval'"],
    "connect-src": ["'self'"],
}
# Browsers ignore this one in <meta>.
_FRAMED = {"frame-ancestors": ["'none'"]}
_CAMERA_ONLY = (
    "camera=(self), microphone=(), geolocation=(), payment=(), usb=(), serial=(), "
    "midi=(), accelerometer=(), gyroscope=(), magnetometer=(), display-capture=()"
)
_ALWAYS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}


def _text(policy: dict[str, list[str]]) -> str:
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in policy.items())


def page_policy(connect: Sequence[str] = ()) -> str:
    """The page's Content-Security-Policy, as <meta> may hold it.

    Args:
        connect: addresses that the page may ask beside its own site: hosts of models that are
            fetched on a tap.
    """
    return _text(_PAGE | {"connect-src": [*_PAGE["connect-src"], *connect]})


def page_headers(connect: Sequence[str] = ()) -> dict[str, str]:
    """The headers of the page."""
    policy = f"{page_policy(connect)}; {_text(_FRAMED)}"
    return {"Content-Security-Policy": policy, "Permissions-Policy": _CAMERA_ONLY} | _ALWAYS


def worker_headers() -> dict[str, str]:
    """The headers of every worker's script."""
    return {"Content-Security-Policy": _text(_WORKER)} | _ALWAYS
