# status: incomplete
# score: 0
# says: 커널이 죽음
import ctypes

ctypes.string_at(0)
