"""CSV as RFC 4180 has it: a row a detection.

It begins with a byte order mark, without which Excel reads Japanese file names as gibberish.
"""

from .jsontext import number

HEADER = (
    "picture,picture_width,picture_height,time,name,source,video_time,model,threshold,"
    "class_id,label,score,x,y,width,height,track,attributes"
)


def cell(text):
    """A text as a cell: quoted where it must be, and never a formula.

    A spreadsheet runs what begins with one of =+-@; a file can be called anything.
    """
    if text[:1] in ("=", "+", "-", "@", "\t", "\r"):
        text = "'" + text
    if any(letter in text for letter in ',"\r\n'):
        text = '"' + text.replace('"', '""') + '"'
    return text


def _maybe(value, places):
    return "" if value is None else number(value, places)


class Table:
    """Writes one CSV file."""

    def __init__(self, _classes):
        self._rows = [HEADER]

    def add(self, record, picture):
        """Takes one record; picture: the name of its picture's file in the export."""
        head = [
            cell(picture),
            str(record["width"]),
            str(record["height"]),
            cell(record["time"]),
            cell(record.get("name") or ""),
            cell(record["source"]),
            _maybe(record.get("video_time"), 3),
            cell(record["model"]),
            number(record["threshold"], 4),
        ]
        for each in record["detections"]:
            row = [str(each["class_id"]), cell(each["label"]), number(each["score"], 4)]
            row += [number(value, 2) for value in each["box"]]
            row.append(_maybe(each.get("track"), 0))
            row.append(cell("; ".join([said["label"] for said in each.get("attributes", ())])))
            self._rows.append(",".join(head + row))
        return []

    def finish(self):
        """The files that are complete now: (name, text)."""
        return [("detections.csv", "\ufeff" + "\r\n".join(self._rows) + "\r\n")]
