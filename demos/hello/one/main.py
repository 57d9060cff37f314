import sys

name = "world"
python = sys.implementation
version = ".".join(str(number) for number in python.version[:3])
print("Hello, %s! こんにちは!" % name)
print("This is %s %s." % (python.name, version))
