import sys

print("Hello from", sys.implementation.name, sys.version.split()[0])
for number in range(5):
    print(number, number**2)
