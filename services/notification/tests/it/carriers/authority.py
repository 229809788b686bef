"""A certificate authority made for this test."""


def context(given):
    """Of a server at given["host"]; the authority's own certificate goes to the file given["roots"]."""
    import datetime, ipaddress, os, ssl, tempfile
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
