"""Draws boxes, labels and scores on a canvas, at any scale."""

# Okabe and Ito's palette, which most people with colour-blindness can tell apart, in the order
# that keeps neighbours far apart; each with the ink that is legible on it.
PALETTE = (
    ("#e69f00", "#000"),
    ("#56b4e9", "#000"),
    ("#009e73", "#000"),
    ("#f0e442", "#000"),
    ("#cc79a7", "#000"),
    ("#d55e00", "#000"),
    ("#8fb8ff", "#000"),
    ("#ffffff", "#000"),
)


def colour(class_id):
    """The colour of a class, as CSS."""
    return PALETTE[class_id % len(PALETTE)][0]


def title(detection):
    """What a detection is called: its class, and its number if a tracker gave it one."""
    if "track" in detection:
        return "%s #%d" % (detection["name"], detection["track"])
    return detection["name"]


def _scaled(box, scale_x, scale_y):
    x, y, width, height = box
    return x * scale_x, y * scale_y, width * scale_x, height * scale_y


def draw(context, detections, scale_x, scale_y, unit, selected=None):
    """Draws detections on a 2d context.

    detections: dicts with class_id, name, score and box (x, y, width, height in source pixels), and
    maybe track. selected: the index of one that alone keeps its label, with the others faint.
    scale_x, scale_y: canvas pixels for one source pixel; they differ for a picture so long and
    thin that the page shows it thicker. unit: canvas pixels for one CSS pixel.
    """
    size = 14 * unit
    context.font = "600 %dpx system-ui, sans-serif" % size
    context.textBaseline = "middle"
    for index, each in enumerate(detections):
        if selected is not None:
            context.globalAlpha = 1 if index == selected else 0.35
        fill, ink = PALETTE[each["class_id"] % len(PALETTE)]
        x, y, width, height = _scaled(each["box"], scale_x, scale_y)
        context.lineWidth = 4.5 * unit
        context.strokeStyle = "rgba(0, 0, 0, 0.55)"
        context.strokeRect(x, y, width, height)
        context.lineWidth = 2.5 * unit
        context.strokeStyle = fill
        context.strokeRect(x, y, width, height)
    context.globalAlpha = 1
    # The surest last, so that its label is over those that start near it.
    for index in range(len(detections) - 1, -1, -1):
        each = detections[index]
        if selected is not None and index != selected:
            continue
        fill, ink = PALETTE[each["class_id"] % len(PALETTE)]
        x, y, width, height = _scaled(each["box"], scale_x, scale_y)
        text = "%s %d" % (title(each), int(each["score"] * 100 + 0.5))
        padding = 5 * unit
        tall = size + padding
        wide = context.measureText(text).width + 2 * padding
        left = max(0, min(x - unit, context.canvas.width - wide))
        top = y - tall if y >= tall else y
        context.fillStyle = fill
        context.fillRect(left, top, wide, tall)
        context.fillStyle = ink
        context.fillText(text, left + padding, top + tall / 2)
