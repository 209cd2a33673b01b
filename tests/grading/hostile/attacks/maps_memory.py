# status: any
# score: 0–5
import mmap

parts = []
while True:
    part = mmap.mmap(-1, 100_000_000)
    part.write(bytes(100_000_000))
    parts.append(part)
