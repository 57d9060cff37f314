def main():
    values, x = [], 12345
    for _ in range(6000):
        x = (x * 1103515245 + 12345) % 2147483648
        values.append(x)
    return sorted(values)[3000], sorted(values, key=lambda value: value % 1000)[0] % 1000
