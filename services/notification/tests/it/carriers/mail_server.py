"""A mail server of somebody else's (aiosmtpd), with a script of what goes wrong.

arguments: {"host", "faults": [one for each mail, in order], "tls": "none" | "starttls" | "implicit", "roots": file to write}
Prints "ready", then one line of JSON for each mail it was given.
"""
import asyncio, datetime, email, email.policy, ipaddress, json, ssl, sys, tempfile, os

from aiosmtpd.smtp import SMTP, AuthResult

given = json.loads(sys.argv[1])
faults = list(given.get("faults", []))
tls = given.get("tls", "none")


def context():
    """An authority made for this test, whose certificate goes to `roots`, and a server certificate of its."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    now, day = datetime.datetime.now(datetime.timezone.utc), datetime.timedelta(days=1)
    name = lambda text: x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])
    keys = [ec.generate_private_key(ec.SECP256R1()) for _ in range(2)]

    def certificate(subject, key, extension):
        built = x509.CertificateBuilder().subject_name(name(subject)).issuer_name(name("authority")).public_key(key.public_key())
        built = built.serial_number(x509.random_serial_number()).not_valid_before(now - day).not_valid_after(now + day)
        return built.add_extension(extension, critical=True).sign(keys[0], hashes.SHA256())

    authority = certificate("authority", keys[0], x509.BasicConstraints(ca=True, path_length=None))
    address = x509.IPAddress(ipaddress.ip_address(given["host"]))
    server = certificate("server", keys[1], x509.SubjectAlternativeName([address]))
    pem = serialization.Encoding.PEM
    with open(given["roots"], "wb") as roots:
        roots.write(authority.public_bytes(pem))
    with tempfile.TemporaryDirectory() as folder:
        chain, key = os.path.join(folder, "chain"), os.path.join(folder, "key")
        open(chain, "wb").write(server.public_bytes(pem))
        open(key, "wb").write(keys[1].private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        made.load_cert_chain(chain, key)
    return made


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
    secured = context() if tls != "none" else None
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
