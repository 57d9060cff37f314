def main():
    inside = 0
    for row in range(48):
        for column in range(72):
            c = complex(column / 24 - 2, row / 24 - 1)
            z = 0j
            for _ in range(20):
                z = z * z + c
                if abs(z) > 2:
                    break
            else:
                inside += 1
    return inside
