"""Measure the speed of drawing pets on one core, against decoding as many JPEG files.

    python benchmarks/drawn.py [--count 100]

Drawing and decoding (Pillow, a 500×375 photograph's worth of pixels each) alternate in one process;
time is the process's own on the CPU, so that other programs do not count.
"""

import argparse
import io
import time

import numpy as np
from PIL import Image

from cvbook.datasets import drawn


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=100)
    count = parser.parse_args().count
    buffer = io.BytesIO()
    noise = np.random.default_rng(0).integers(0, 256, (24, 32, 3), np.uint8)
    Image.fromarray(noise).resize((500, 375)).save(buffer, "JPEG", quality=92)
    drawn.draw_pet(0, 0)
    drawing = decoding = 0.0
    for index in range(count):
        start = time.process_time()
        drawn.draw_pet(1, index, size=128)
        drawing += time.process_time() - start
        start = time.process_time()
        Image.open(io.BytesIO(buffer.getvalue())).load()
        decoding += time.process_time() - start
    print(f"{count / drawing:.1f} pictures/s at 128 px on one core")
    print(f"drawing one takes {drawing / decoding:.0f} times as long as decoding a photograph")


if __name__ == "__main__":
    main()
