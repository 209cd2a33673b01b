"""A kernel of its own language, for tests: `say`, `warn`, `show`, `display` and `fail`."""

from ipykernel.kernelapp import IPKernelApp
from ipykernel.kernelbase import Kernel


class EchoKernel(Kernel):
    implementation = "echo"
    implementation_version = "1"
    banner = "echo"
    language_info = {"name": "echo", "mimetype": "text/plain", "file_extension": ".echo"}  # noqa: RUF012

    async def do_execute(self, code, silent, *args, **kwargs):
        reply = {"status": "ok", "execution_count": self.execution_count, "payload": [],
                 "user_expressions": {}}  # fmt: skip
        for line in code.splitlines():
            word, _, rest = line.partition(" ")
            if word in ("say", "warn"):
                name = "stdout" if word == "say" else "stderr"
                self.send_response(self.iopub_socket, "stream", {"name": name, "text": rest})
            elif word == "show":
                result = {"data": {"text/plain": rest}, "metadata": {}, "execution_count": 1}
                self.send_response(self.iopub_socket, "execute_result", result)
            elif word == "display":
                shown = {"data": {"text/plain": rest}, "metadata": {}}
                self.send_response(self.iopub_socket, "display_data", shown)
            elif word == "fail":
                error = {"ename": "EchoError", "evalue": rest, "traceback": []}
                self.send_response(self.iopub_socket, "error", error)
                return error | {"status": "error", "execution_count": self.execution_count}
            elif word == "need":
                try:
                    open(rest).close()
                except OSError:
                    return await self.do_execute(f"fail no {rest}", silent)
        return reply


if __name__ == "__main__":
    IPKernelApp.launch_instance(kernel_class=EchoKernel)
