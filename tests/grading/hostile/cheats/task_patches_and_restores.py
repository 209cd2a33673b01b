# status: flagged
# score: 5
import asyncio


async def wait():
    await asyncio.sleep(0)


asyncio.get_event_loop().create_task(wait())


def double(x):
    return 0
