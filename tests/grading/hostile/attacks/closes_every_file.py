# status: incomplete
# score: 0
import os

os.closerange(3, 1000)
