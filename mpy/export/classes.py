"""Which number each class has in an export.

With one model they are the model's own, with all of its classes, also those that were not found.
What another model calls by the same name has the same number, and what only it knows comes after.
"""


class Classes:
    """The list of classes; it only grows, so that a number that was given stays."""

    def __init__(self, model_of):
        """model_of(id) gives a model (labels, keypoints), or None if it is not known."""
        self.labels = []
        self.keypoints = {}  # label -> names and limbs of the points that it is found with
        self._numbers = {}
        self._seen = set()
        self._model_of = model_of

    def _add(self, label):
        if label not in self._numbers:
            self._numbers[label] = len(self.labels)
            self.labels.append(label)

    def number(self, record, detection):
        """The number of a detection's class, from 0."""
        model = record["model"]
        if model not in self._seen:
            self._seen.add(model)
            known = self._model_of(model) or {"labels": {"en": ()}}
            for label in known["labels"]["en"]:
                self._add(label)
                if known.get("keypoints"):
                    self.keypoints[label] = known["keypoints"]
        self._add(detection["label"])
        return self._numbers[detection["label"]]
