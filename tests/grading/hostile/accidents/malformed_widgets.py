# status: graded
# score: 10
# says: 읽을 수 없는 출력
from comm import create_comm
for data in ({'state': 5}, {'state': {}, 'buffer_paths': [[1, 'a']]}, {}, {'method': 7}):
    create_comm(target_name='jupyter.widget', data=data)
c = create_comm(target_name='jupyter.widget', data={'state': {'_model_module': '@jupyter-widgets/output', '_model_name': 'OutputModel', 'outputs': 5}})
c.send({'method': 'update', 'state': {'msg_id': ['x'], 'outputs': 7}})
def double(x):
    return 2 * x
