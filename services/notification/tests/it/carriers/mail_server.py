"""A mail server of somebody else's (aiosmtpd), with a script of what goes wrong.

arguments: {"host", "faults": [one for each mail, in order], "tls": "none" | "starttls" | "implicit", "roots": file to write}
Prints "ready", then one line of JSON for each mail it was given.
"""
import asyncio, email, email.policy, json, sys

from aiosmtpd.smtp import SMTP, AuthResult

given = json.loads(sys.argv[1])
faults = list(given.get("faults", []))
tls = given.get("tls", "none")


class Handler:
    async def handle_MAIL(self, server, session, envelope, address, options):
        session.fault = faults.pop(0) if faults else "none"
        if session.fault == "sender":
            return "553 5.1.8 <%s>: not from here" % address
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if session.fault == "greylisted":
            return "450 4.2.0 <%s>: come back later" % address
        if session.fault == "unknown":
            return "550 5.1.1 <%s>: nobody of this name" % address
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        said = {
            "fault": session.fault, "peer": session.peer[1], "hello": session.host_name,
            "user": (session.auth_data or b"").decode() if isinstance(session.auth_data, bytes) else None,
            "encrypted": server.transport.get_extra_info("cipher") is not None,
            "sender": envelope.mail_from, "recipients": envelope.rcpt_tos,
            "headers": {name.lower(): str(value) for name, value in mail.items()},
            "names": [name.lower() for name in mail.keys()],
            "parts": [part.get_content_type() for part in mail.iter_parts()],
            "text": mail.get_body(("plain",)).get_content(), "html": mail.get_body(("html",)).get_content(),
            "ascii": envelope.content.isascii(), "longest": max(map(len, envelope.content.split(b"\r\n"))),
            "defects": [str(defect) for part in mail.walk() for defect in part.defects],
        }
        print(json.dumps(said), flush=True)
        if session.fault == "cut":
            server.transport.abort()
        return {
            "content": "554 5.7.1 <%s>: we don't like it" % envelope.rcpt_tos[0],
            "busy": "451 4.3.0 not now",
        }.get(session.fault, "250 OK")


def authenticate(server, session, envelope, mechanism, data):
    right = data.login == b"nexgate" and data.password == "säcret@1".encode()
    return AuthResult(success=right, auth_data=data.login if right else None, handled=right)


async def main():
    secured = context(given) if tls != "none" else None
    more = dict(authenticator=authenticate, auth_required=True) if secured else {}
    if tls == "starttls":
        more.update(tls_context=secured, require_starttls=True)
    if tls == "implicit":
        more.update(auth_require_tls=False)
    make = lambda: SMTP(Handler(), enable_SMTPUTF8=False, **more)
    server = await asyncio.get_running_loop().create_server(
        make, given["host"], 2525, ssl=secured if tls == "implicit" else None
    )
    print(json.dumps("ready"), flush=True)
    await server.serve_forever()


asyncio.run(main())
