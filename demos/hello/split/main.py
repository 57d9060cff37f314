import sys

from greeting import hello

print(hello("world"))
print("greeting.py was imported by", sys.implementation.name)
