# Run it in both Pythons, and compare the milliseconds.
LIMIT = 100_000

sieve = bytearray(b"\x01" * LIMIT)
sieve[0] = sieve[1] = 0
for number in range(2, int(LIMIT**0.5) + 1):
    if sieve[number]:
        for multiple in range(number * number, LIMIT, number):
            sieve[multiple] = 0
print(sum(sieve), "primes below", LIMIT)
