def main():
    words = []
    for i in range(9000):
        words.append("目利き-" + str(i))
    text = ",".join(words)
    return len(text.replace("9", "nine").split("nine")), text[-5:].upper()
