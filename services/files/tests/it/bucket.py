"""A bucket named media on a port of its own, which is said on the first line; it ends when nobody holds its standard input."""

import sys

import boto3
from moto.server import ThreadedMotoServer

server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
host, port = server.get_host_and_port()
client = boto3.client(
    "s3",
    endpoint_url=f"http://127.0.0.1:{port}",
    aws_access_key_id="key",
    aws_secret_access_key="s/cret",
    region_name="us-east-1",
)
client.create_bucket(Bucket="media")
print(port, flush=True)
sys.stdin.read()
