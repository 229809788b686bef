"""An aggregator of SMS of somebody else's, with a script of what goes wrong.

arguments: {"host", "faults": [one for each request, in order]}, a fault being a status, [status, Retry-After], "silent" or "huge";
"roots": file to write an authority to, where it speaks TLS.
Prints "ready", then one line of JSON for each request.
"""
import http.server, json, sys, threading

given = json.loads(sys.argv[1])
faults = list(given.get("faults", []))
seen = set()


class Aggregator(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        fault = faults.pop(0) if faults else 202
        reference = body.get("reference")
        print(json.dumps({
            "path": self.path, "type": self.headers["content-type"], "key": self.headers["authorization"],
            "once": self.headers["idempotency-key"], "body": body, "fault": fault, "copy": reference in seen,
        }), flush=True)
        if fault in ("silent", "huge") or (isinstance(fault, int) and fault < 300):
            seen.add(reference)
        if fault == "silent":
            threading.Event().wait()
        status, wait = fault if isinstance(fault, list) else (202 if fault == "huge" else fault, None)
        answer = b"x" * 1_000_000 if fault == "huge" else json.dumps({"code": "invalid_number", "message": body.get("to")}).encode()
        self.send_response(status)
        if wait:
            self.send_header("retry-after", str(wait))
        if 300 <= status < 400:
            self.send_header("location", "/elsewhere")
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer((given["host"], 8080), Aggregator)
if "roots" in given:
    server.socket = context(given).wrap_socket(server.socket, server_side=True)
print(json.dumps("ready"), flush=True)
server.serve_forever()
