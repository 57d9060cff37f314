class Ball:
    def __init__(self, x, speed):
        self.x = x
        self.speed = speed

    def move(self):
        self.x += self.speed
        if self.x > 100 or self.x < 0:
            self.speed = -self.speed


def main():
    balls = [Ball(i, i % 7 - 3) for i in range(100)]
    for _ in range(500):
        for ball in balls:
            ball.move()
    return sum(ball.x for ball in balls)
