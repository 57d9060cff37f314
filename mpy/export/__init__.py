"""Export: pictures and detections as files, saved or shared."""


async def show_for(pairs):
    """Opens the screen for these pictures.

    pairs: list of (record, JPEG blob); docs/record.md says what a record is.
    """

    async def load(index):
        return pairs[index]

    await show_many(len(pairs), load)


async def show_many(count, load):
    """Opens the screen for so many pictures, which are read one after the other.

    load: a coroutine function that gives (record, blob) for an index, or None where one is gone.
    """
    import rooms  # the formats are for ordinary Python too, which has no page

    from . import screen

    screen.choose(count, load)
    await rooms.open("export")


async def show(_dialog):
    """Called when the screen opens."""
    from . import screen

    screen.show()


def hidden():
    """Called when the screen closes."""
    from . import screen

    screen.cancel()
