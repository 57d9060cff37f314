def hello(name):
    return "Hello, %s! こんにちは!" % name
