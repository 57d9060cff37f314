def main():
    total = 0
    for i in range(60000):
        total = (total + i * i) % 65521
    return total
