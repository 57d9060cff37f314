def main():
    counts = {}
    for i in range(20000):
        key = "key%d" % (i % 777)
        counts[key] = counts.get(key, 0) + 1
    return len(counts), counts["key5"]
