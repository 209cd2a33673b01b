# status: flagged
# score: 0
# says: 커널이 검사에 답하지 않음
import hashlib

hashlib.sha256 = None


def double(x):
    return 2 * x
