"""What of the shell comes when it is opened, or when there is time: not before the first detection.

Paths below the site's folder. The service worker keeps these, too, each compared with its digest
(app/sw/install.mjs): when they are opened, after the first detection unless data is to be saved,
and when the app is made available offline.
"""

_ROOMS = "lab|video"

LATER = (
    r"^(demos/|play/|vendor/(mediabunny|codemirror)|shell-[^/]+/"
    rf"(demos/|rooms/({_ROOMS})\.|app/(rooms/({_ROOMS})|demos|run|play)/))"
)
