# status: graded
# score: 10
import asyncio

await asyncio.sleep(0)


def double(x):
    return 2 * x
