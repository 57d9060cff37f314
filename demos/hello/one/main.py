import sys

name = "world"
python = sys.implementation.name
print("Hello, %s! こんにちは!" % name)
print("This is %s, Python %s." % (python, sys.version.split(";")[0].split()[0]))
