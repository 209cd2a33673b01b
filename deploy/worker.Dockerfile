# A worker for `cvbook grade --scheduler`: build it in the repository's root.
FROM python:3.11-slim
COPY pyproject.toml uv.lock README.md LICENSE /cvbook/
COPY src /cvbook/src
RUN pip install --no-cache-dir uv && cd /cvbook \
    && uv sync --frozen --no-dev --no-editable --extra instructor --compile-bytecode
ENV PATH=/cvbook/.venv/bin:$PATH
# Not root: the sandbox is then built in a user namespace of an ordinary user.
RUN useradd --create-home worker
USER worker
WORKDIR /home/worker
CMD ["dask", "worker", "--nthreads", "1"]
