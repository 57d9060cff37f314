"""Async functions as event handlers, each a task of its own.

MicroPython 1.29 runs every coroutine that JavaScript calls as one and the same task. When two of
them sleep or wait for a lock at a time, one is lost, and asyncio's queue can become a ring that
never ends. A task for each has neither.
"""

import asyncio

import message


def soon(task, on_error=message.tell_exception):
    """Starts a coroutine as a task.

    on_error: called with what it did not foresee.
    """

    async def guarded():
        try:
            await task
        except Exception as error:
            on_error(error)

    asyncio.create_task(guarded())


def started(handler, on_error=message.tell_exception):
    """A function for addEventListener that starts handler(event), an async function."""
    return lambda event=None: soon(handler(event), on_error)
