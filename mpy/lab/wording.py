"""Names of what is measured."""

from words import say


def interpreter(name):
    """MicroPython or Pyodide."""
    return {"micropython": "MicroPython", "pyodide": "Pyodide"}[name]


def program(name):
    """What a program does."""
    return {
        "dicts": say("lab_program_dicts"),
        "floats": say("lab_program_floats"),
        "json": say("lab_program_json"),
        "loops": say("lab_program_loops"),
        "numpy": say("lab_program_numpy"),
        "objects": say("lab_program_objects"),
        "recursion": say("lab_program_recursion"),
        "sorting": say("lab_program_sorting"),
        "strings": say("lab_program_strings"),
    }[name]


def stage(name):
    """A stage of detecting."""
    return {
        "capture": say("stage_capture"),
        "transfer": say("stage_transfer"),
        "copy": say("stage_copy"),
        "preprocess": say("stage_preprocess"),
        "forward": say("stage_forward"),
        "decode": say("stage_decode"),
        "reply": say("stage_reply"),
        "draw": say("stage_draw"),
    }[name]


def number(value):
    """Milliseconds or microseconds as people read them: 0.34, 5.2, 140."""
    if value >= 100:
        return "%d" % (value + 0.5)
    return "%.1f" % value if value >= 10 else "%.2f" % value
