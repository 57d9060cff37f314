import json


def main():
    found = [{"label": "dog", "score": 0.5, "box": [i, i + 1, 20, 30]} for i in range(400)]
    text = json.dumps(found)
    return len(json.loads(text)), json.loads(text)[-1]["box"][0]
