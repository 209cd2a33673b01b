# status: graded
# score: 10
from tqdm.auto import tqdm

for _ in tqdm(range(10)):
    pass


def double(x):
    return 2 * x
