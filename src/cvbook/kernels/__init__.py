"""The kernels that notebooks run on: the course's kernelspec, and warm kernels forked on demand."""
