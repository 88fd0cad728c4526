// What runs a function of Node.js: asks the Runtime API for events and answers them.
// https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
"use strict";
const fs = require("node:fs");
const http = require("node:http");
const path = require("node:path");
const util = require("node:util");
const { Writable } = require("node:stream");
const { pathToFileURL } = require("node:url");

const BASE = "/2018-06-01/runtime/";
const [HOST, PORT] = process.env.AWS_LAMBDA_RUNTIME_API.split(":");
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
let requestId = "";

/** One exchange with the Runtime API. */
function call(method, where, body, headers) {
  return new Promise((resolve, reject) => {
    const options = { host: HOST, port: PORT, method, path: BASE + where, agent, headers: { ...headers } };
    if (body !== undefined) options.headers["Content-Length"] = body.length;
    const request = http.request(options, (response) => {
      const pieces = [];
      response.on("data", (piece) => pieces.push(piece));
      response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(pieces) }));
      response.on("error", reject);
    });
    request.setNoDelay(true);
    request.on("error", reject);
    request.end(body);
  });
}

/** Marks handlers that write their answer as a stream. */
const STREAMING = Symbol.for("aws.lambda.runtime.handler.streaming");

/** An answer that is sent while the handler writes it. Nothing is sent before its first byte, so that a handler may still fail until then. */
class ResponseStream extends Writable {
  constructor(id) {
    super({ highWaterMark: 64 << 10 });
    this.id = id;
    this.type = "application/octet-stream";
    this.head = null;
    this.begun = false;
    this.done = new Promise((resolve, reject) => Object.assign(this, { resolve, reject }));
    this.done.catch(() => {});
  }
  setContentType(type) {
    this.type = type;
  }
  begin() {
    if (this.begun) return;
    this.begun = true;
    const headers = {
      "Content-Type": this.type,
      "Lambda-Runtime-Function-Response-Mode": "streaming",
      "Transfer-Encoding": "chunked",
      Trailer: "Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body",
    };
    const where = BASE + `invocation/${this.id}/response`;
    this.request = http.request({ host: HOST, port: PORT, method: "POST", path: where, agent, headers }, (response) => {
      response.resume();
      response.on("end", this.resolve);
      response.on("error", this.reject);
    });
    this.request.on("error", this.reject);
    this.request.setNoDelay(true);
    if (this.head) this.request.write(Buffer.concat([Buffer.from(JSON.stringify(this.head)), Buffer.alloc(8)]));
  }
  _write(piece, encoding, done) {
    this.begin();
    this.request.write(piece, encoding, done);
  }
  _final(done) {
    this.begin();
    this.request.end(done);
  }
  /** Ends an answer that has begun with what went wrong. */
  break(told) {
    this.request.addTrailers({
      "Lambda-Runtime-Function-Error-Type": told.errorType.replace(/[^\x20-\x7e]/g, "?"),
      "Lambda-Runtime-Function-Error-Body": Buffer.from(JSON.stringify(told)).toString("base64"),
    });
    this.request.end();
  }
}

globalThis.awslambda = {
  streamifyResponse(handler) {
    handler[STREAMING] = "response";
    return handler;
  },
  HttpResponseStream: {
    from(stream, head) {
      stream.setContentType("application/vnd.awslambda.http-integration-response");
      stream.head = head;
      return stream;
    },
  },
};

class Refused extends Error {
  constructor(kind, message, trace) {
    super(message);
    this.name = kind;
    if (trace) this.stack = trace;
  }
}

/** Writes at once: what is written before an answer is in the log before it. */
function write(text) {
  const bytes = Buffer.from(text);
  let at = 0;
  while (at < bytes.length) {
    try {
      at += fs.writeSync(1, bytes, at);
    } catch (error) {
      if (error.code !== "EAGAIN") throw error;
    }
  }
}

function patchConsole() {
  const levels = { log: "INFO", info: "INFO", warn: "WARN", error: "ERROR", debug: "DEBUG", trace: "TRACE", fatal: "FATAL" };
  for (const [name, level] of Object.entries(levels)) {
    console[name] = (...values) => {
      const text = util.format(...values).replace(/\n/g, "\r");
      write(`${new Date().toISOString()}\t${requestId || "undefined"}\t${level}\t${text}\n`);
    };
  }
}

function shown(error) {
  if (error instanceof Error || (error && typeof error === "object" && typeof error.stack === "string")) {
    const trace = String(error.stack || "").split("\n");
    return { errorType: String(error.name || "Error"), errorMessage: String(error.message), trace };
  }
  return { errorType: typeof error, errorMessage: String(error), trace: [] };
}

async function post(where, told) {
  await call("POST", where, Buffer.from(JSON.stringify(told)), {
    "Content-Type": "application/json",
    "Lambda-Runtime-Function-Error-Type": told.errorType.replace(/[^\x20-\x7e]/g, "?"),
  });
}

function isModuleFolder(folder, root) {
  for (let at = folder; ; at = path.dirname(at)) {
    try {
      return JSON.parse(fs.readFileSync(path.join(at, "package.json"), "utf8")).type === "module";
    } catch {
      if (at === root || at === path.dirname(at)) return false;
    }
  }
}

async function load(file, root) {
  for (const [name, esm] of [["", null], [".js", null], [".mjs", true], [".cjs", false]]) {
    const at = file + name;
    if (!fs.existsSync(at) || fs.statSync(at).isDirectory()) continue;
    const asModule = esm ?? (name === ".js" && isModuleFolder(path.dirname(at), root));
    return asModule ? import(pathToFileURL(at).href) : require(at);
  }
  return require(require.resolve(file, { paths: [root] }));
}

async function findHandler() {
  const root = process.env.LAMBDA_TASK_ROOT;
  const name = process.env._HANDLER || "";
  if (name.includes("..")) throw new Refused("Runtime.MalformedHandlerName", `'${name}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`);
  const base = path.basename(name);
  const folder = name.slice(0, name.length - base.length);
  const dot = base.indexOf(".");
  if (dot <= 0 || dot === base.length - 1) throw new Refused("Runtime.MalformedHandlerName", "Bad handler");
  const [file, exported] = [base.slice(0, dot), base.slice(dot + 1)];
  let module;
  try {
    module = await load(path.resolve(root, folder, file), root);
  } catch (error) {
    if (error instanceof SyntaxError) throw new Refused("Runtime.UserCodeSyntaxError", error.toString(), error.stack);
    if (error && (error.code === "MODULE_NOT_FOUND" || error.code === "ERR_MODULE_NOT_FOUND")) throw new Refused("Runtime.ImportModuleError", error.toString(), error.stack);
    throw error;
  }
  let found = exported.split(".").reduce((value, key) => value && value[key], module);
  if (found === undefined && module.default) found = exported.split(".").reduce((value, key) => value && value[key], module.default);
  if (!found) throw new Refused("Runtime.HandlerNotFound", `${name} is undefined or not exported`);
  if (typeof found !== "function") throw new Refused("Runtime.HandlerNotFound", `${name} is not a function`);
  return found;
}

function contextOf(headers) {
  const deadline = Number(headers["lambda-runtime-deadline-ms"]);
  const client = headers["lambda-runtime-client-context"];
  const identity = headers["lambda-runtime-cognito-identity"];
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: client ? JSON.parse(Buffer.from(client, "latin1").toString("utf8")) : undefined,
    identity: identity ? JSON.parse(identity) : undefined,
    invokedFunctionArn: headers["lambda-runtime-invoked-function-arn"],
    awsRequestId: headers["lambda-runtime-aws-request-id"],
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
}

/** Runs the handler, whether it answers by a promise, a value or a callback. */
function run(handler, event, context) {
  return new Promise((resolve, reject) => {
    const callback = (error, value) => {
      const settle = () => (error === undefined || error === null ? resolve(value) : reject(error));
      if (context.callbackWaitsForEmptyEventLoop === false) settle();
      else setImmediate(settle);
    };
    context.done = callback;
    context.succeed = (value) => callback(null, value);
    context.fail = (error) => callback(error ?? "handled");
    try {
      const value = handler(event, context, callback);
      if (value && typeof value.then === "function") value.then(resolve, reject);
      else if (value !== undefined && handler.length < 3) resolve(value);
    } catch (error) {
      reject(error);
      return;
    }
    // Once nothing is left to do, a handler that has not answered never will.
    idle.push(() => resolve(null));
  });
}

/** Runs a handler that writes its answer as a stream. */
async function stream(handler, event, context) {
  const answer = new ResponseStream(requestId);
  try {
    await handler(event, answer, context);
    if (!answer.writableEnded) answer.end();
  } catch (error) {
    const told = shown(error);
    console.error("Invoke Error ", JSON.stringify(told));
    if (answer.begun) answer.break(told);
    else {
      await post(`invocation/${requestId}/error`, told);
      return;
    }
  }
  await answer.done;
}

const idle = [];
process.on("beforeExit", () => {
  const waiting = idle.splice(0);
  for (const settle of waiting) settle();
});

async function main() {
  patchConsole();
  let handler;
  try {
    handler = await findHandler();
  } catch (error) {
    const told = shown(error);
    console.error("Uncaught Exception", JSON.stringify(told));
    await post("init/error", told);
    process.exit(1);
  }
  const fatal = (kind) => async (error) => {
    const told = shown(error);
    if (kind) told.errorType = kind;
    console.error("Uncaught Exception", JSON.stringify(told));
    if (requestId) await post(`invocation/${requestId}/error`, told).catch(() => {});
    process.exit(129);
  };
  process.on("uncaughtException", fatal(null));
  process.on("unhandledRejection", fatal("Runtime.UnhandledPromiseRejection"));
  for (;;) {
    const { headers, body } = await call("GET", "invocation/next");
    requestId = headers["lambda-runtime-aws-request-id"];
    if (headers["lambda-runtime-trace-id"]) process.env._X_AMZN_TRACE_ID = headers["lambda-runtime-trace-id"];
    if (handler[STREAMING]) {
      await stream(handler, JSON.parse(body.toString("utf8")), contextOf(headers));
      continue;
    }
    let text;
    try {
      const value = await run(handler, JSON.parse(body.toString("utf8")), contextOf(headers));
      text = value === undefined ? "null" : JSON.stringify(value) ?? "null";
    } catch (error) {
      const told = shown(error);
      console.error("Invoke Error ", JSON.stringify(told));
      await post(`invocation/${requestId}/error`, told);
      continue;
    } finally {
      idle.length = 0;
    }
    await call("POST", `invocation/${requestId}/response`, Buffer.from(text), { "Content-Type": "application/json" });
  }
}

main().catch((error) => {
  console.error("the runtime ended:", error);
  process.exit(1);
});
