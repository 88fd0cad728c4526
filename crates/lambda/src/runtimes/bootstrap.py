# What runs a function of Python: asks the Runtime API for events and answers them.
# https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
import os
import sys

_task_root = os.environ["LAMBDA_TASK_ROOT"]
_runtime_dir = os.environ.get("LAMBDA_RUNTIME_DIR", "")
# This file's own folder makes way for the function's.
sys.path[:] = [_task_root] + [p for p in sys.path if p and p != _runtime_dir]

import json
import logging
import socket
import time

_BASE = "/2018-06-01/runtime/"


class _Api:
    """One connection to the Runtime API. Every request is one write."""

    def __init__(self, address):
        self.address = address
        self.socket = None
        self.rest = b""

    def _connect(self):
        host, _, port = self.address.rpartition(":")
        self.socket = socket.create_connection((host, int(port)))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.rest = b""

    def call(self, method, path, body=b"", headers=()):
        head = [f"{method} {_BASE}{path} HTTP/1.1", f"Host: {self.address}"]
        head += [f"{name}: {value}" for name, value in headers]
        if method == "POST":
            head.append(f"Content-Length: {len(body)}")
        message = ("\r\n".join(head) + "\r\n\r\n").encode("latin-1", "replace") + body
        if self.socket is None:
            self._connect()
        self.socket.sendall(message)
        return self._answer()

    def _answer(self):
        data = self.rest
        while b"\r\n\r\n" not in data:
            data += self._more()
        head, _, data = data.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(":")
            headers[name.strip().lower()] = value.strip()
        length = int(headers.get("content-length", 0))
        pieces, have = [data], len(data)
        while have < length:
            piece = self._more()
            pieces.append(piece)
            have += len(piece)
        data = b"".join(pieces)
        self.rest = data[length:]
        return int(lines[0].split(" ", 2)[1]), headers, data[:length]

    def _more(self):
        data = self.socket.recv(1 << 18)
        if not data:
            os._exit(0)
        return data


class CognitoIdentity:
    __slots__ = ["cognito_identity_id", "cognito_identity_pool_id"]


class Client:
    __slots__ = ["installation_id", "app_title", "app_version_name", "app_version_code", "app_package_name"]


class ClientContext:
    __slots__ = ["custom", "env", "client"]


def _fill(target, names, values):
    for name in names:
        setattr(target, name, (values or {}).get(name))
    return target


class LambdaContext:
    def __init__(self, headers):
        self.aws_request_id = headers.get("lambda-runtime-aws-request-id")
        self.log_group_name = os.environ.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = os.environ.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.function_name = os.environ.get("AWS_LAMBDA_FUNCTION_NAME")
        self.memory_limit_in_mb = os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.function_version = os.environ.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.invoked_function_arn = headers.get("lambda-runtime-invoked-function-arn")
        self.tenant_id = headers.get("lambda-runtime-aws-tenant-id")
        self._deadline_ms = int(headers.get("lambda-runtime-deadline-ms", 0))
        identity = headers.get("lambda-runtime-cognito-identity")
        values = json.loads(identity) if identity else {}
        self.identity = CognitoIdentity()
        self.identity.cognito_identity_id = values.get("cognitoIdentityId")
        self.identity.cognito_identity_pool_id = values.get("cognitoIdentityPoolId")
        self.client_context = None
        client = headers.get("lambda-runtime-client-context")
        if client:
            values = json.loads(client.encode("latin-1").decode("utf-8", "replace"))
            self.client_context = _fill(ClientContext(), ["custom", "env"], values)
            self.client_context.client = _fill(Client(), Client.__slots__, values.get("client"))

    def get_remaining_time_in_millis(self):
        return max(self._deadline_ms - int(time.time() * 1000), 0)

    def log(self, message):
        sys.stdout.write(str(message))

    def __repr__(self):
        names = [name for name in vars(self) if not name.startswith("_")]
        return "LambdaContext([" + ",".join(f"{name}={getattr(self, name)}" for name in names) + "])"


class _Refused(Exception):
    """An error of the runtime's own, with the type it is told under."""

    def __init__(self, kind, message, frames=()):
        super().__init__(message)
        self.kind = kind
        self.frames = list(frames)


class _Request(logging.Filter):
    current = None

    def filter(self, record):
        record.aws_request_id = _Request.current or ""
        return True


def _set_up_logging():
    handler = logging.StreamHandler(sys.stdout)
    formatter = logging.Formatter("[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s", "%Y-%m-%dT%H:%M:%S")
    formatter.converter = time.gmtime
    handler.setFormatter(formatter)
    handler.addFilter(_Request())
    logging.getLogger().addHandler(handler)
    level = os.environ.get("AWS_LAMBDA_LOG_LEVEL")
    if level:
        logging.getLogger().setLevel({"TRACE": "DEBUG", "FATAL": "CRITICAL", "WARN": "WARNING"}.get(level, level))


def _handler(name):
    import importlib
    import traceback

    try:
        module_name, function_name = name.rsplit(".", 1)
    except ValueError as error:
        raise _Refused("Runtime.MalformedHandlerName", f"Bad handler '{name}': {error}")
    module_name = module_name.replace("/", ".")
    if module_name.split(".")[0] in sys.builtin_module_names:
        raise _Refused("Runtime.BuiltInModuleConflict", f"Cannot use built-in module {module_name} as a handler module")
    try:
        module = importlib.import_module(module_name)
    except ImportError as error:
        raise _Refused("Runtime.ImportModuleError", f"Unable to import module '{module_name}': {error}")
    except SyntaxError as error:
        frame = f'  File "{error.filename}" Line {error.lineno}\n    {error.text}'
        raise _Refused("Runtime.UserCodeSyntaxError", f"Syntax error in module '{module_name}': {error}", [frame])
    try:
        return getattr(module, function_name)
    except AttributeError:
        raise _Refused("Runtime.HandlerNotFound", f"Handler '{function_name}' missing on module '{module_name}'")


def _frames(error):
    """The frames of an exception's traceback, without this file's own."""
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if frame.filename != __file__ and not frame.filename.startswith("<frozen importlib")]
    return traceback.format_list(own)


def _error(error, request_id):
    if isinstance(error, _Refused):
        kind, message, frames = error.kind, str(error), error.frames
    else:
        kind, message, frames = type(error).__name__, str(error), _frames(error)
    lines = [f"[ERROR] {kind}: {message}" if message else f"[ERROR] {kind}"]
    if frames:
        lines.append("Traceback (most recent call last):")
        lines += [frame.rstrip("\n") for frame in frames]
    print("\n".join(lines))
    return {"errorMessage": message, "errorType": kind, "requestId": request_id, "stackTrace": frames}


def _flush():
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:
            pass


def _default(value):
    import decimal

    if isinstance(value, decimal.Decimal):
        return str(value)
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


def _post_error(api, path, error):
    body = json.dumps(error, ensure_ascii=False).encode("utf-8", "surrogatepass")
    _flush()
    api.call("POST", path, body, [("Content-Type", "application/json"), ("Lambda-Runtime-Function-Error-Type", error["errorType"])])


def _answer(api, handler, headers, body):
    request_id = headers["lambda-runtime-aws-request-id"]
    _Request.current = request_id
    trace = headers.get("lambda-runtime-trace-id")
    if trace:
        os.environ["_X_AMZN_TRACE_ID"] = trace
    try:
        try:
            event = json.loads(body)
        except ValueError as error:
            raise _Refused("Runtime.UnmarshalError", f"Unable to unmarshal input: {error}")
        result = handler(event, LambdaContext(headers))
        try:
            text = json.dumps(result, ensure_ascii=False, default=_default).encode("utf-8")
        except Exception as error:
            raise _Refused("Runtime.MarshalError", f"Unable to marshal response: {error}")
    except Exception as error:
        _post_error(api, f"invocation/{request_id}/error", _error(error, request_id))
        return
    _flush()
    api.call("POST", f"invocation/{request_id}/response", text, [("Content-Type", "application/json")])


def main():
    sys.stdout.reconfigure(line_buffering=True, errors="replace")
    sys.stderr.reconfigure(errors="replace")
    _set_up_logging()
    api = _Api(os.environ["AWS_LAMBDA_RUNTIME_API"])
    try:
        handler = _handler(os.environ.get("_HANDLER", ""))
    except SystemExit:
        raise
    except BaseException as error:
        _post_error(api, "init/error", _error(error, ""))
        sys.exit(1)
    while True:
        _, headers, body = api.call("GET", "invocation/next")
        _answer(api, handler, headers, body)


if __name__ == "__main__":
    main()
