"""Starts the built binary for one script, on a free port with a directory of its own, and stops it at the end."""
import contextlib
import os
import shutil
import signal
import subprocess
import tempfile


class Server:
    """`start`, `kill` and `stop` one data directory's server; the port stays the same."""

    def __init__(self, *options):
        self.options = options
        self.dir = tempfile.mkdtemp(prefix="millrace-client-")
        self.listen = "127.0.0.1:0"
        self.process = None

    def start(self):
        command = [os.environ["MILLRACE"], "--data", self.dir + "/data", "--listen", self.listen, *self.options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=self.dir)
        for line in self.process.stdout:
            if "http://" in line and self.listen.endswith(":0"):
                self.listen = line.split("http://")[1].split()[0].rstrip("/")
            if line == "Ready.\n":
                return self
        raise SystemExit("the server ended before it was ready")

    def environment(self):
        """What a user sets, and nothing else."""
        return {
            "AWS_ENDPOINT_URL": "http://" + self.listen,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_REGION": "us-east-1",
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true",
        }

    def end(self, how):
        self.process.send_signal(how)
        code = self.process.wait(60)
        self.process.stdout.close()
        return code

    def kill(self):
        self.end(signal.SIGKILL)

    def stop(self):
        code = self.end(signal.SIGTERM)
        assert code == 0, f"the server ended with {code}"


@contextlib.contextmanager
def serving(*options):
    server = Server(*options).start()
    os.environ.update(server.environment())
    try:
        yield server
        server.stop()
    finally:
        if server.process.poll() is None:
            server.process.kill()
            server.process.wait()
        shutil.rmtree(server.dir, ignore_errors=True)
