"""Makes pictures with Pillow and zlib, and judges what became of them."""

import math
import struct
import sys
import zlib

import blurhash
from PIL import Image, ImageChops, ImageCms, ImageOps, ImageStat


def photo(width, height):
    """Waves of three colours: something to see in every corner, and no two corners alike."""
    picture = Image.new("RGB", (width, height))
    pixels = picture.load()
    for y in range(height):
        for x in range(width):
            u, v = x / width, y / height
            pixels[x, y] = (
                int(40 + 180 * u),
                int(40 + 180 * v),
                int(127 + 80 * math.sin(9 * u) * math.cos(7 * v)),
            )
    return picture


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width, height, depth, colour, rows, extra=b""):
    """`rows` is deflated already."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def zeros(count):
    """So many zeros, deflated a piece at a time."""
    deflate, piece = zlib.compressobj(1), bytes(1 << 20)
    parts = [deflate.compress(piece[: min(len(piece), count - at)]) for at in range(0, count, len(piece))]
    return b"".join(parts) + deflate.flush()


def srgb():
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def make(kind, into):
    if kind == "photo":
        photo(1200, 800).save(into + "/photo.jpg", quality=95, icc_profile=srgb())
    elif kind == "kinds":
        picture = photo(600, 400)
        picture.quantize(64).save(into + "/palette.png")
        picture.quantize(64).save(into + "/palette.gif")
        picture.convert("L").save(into + "/grey.jpg", quality=95)
        Image.frombytes("I;16", (64, 64), b"".join(struct.pack("<H", 257 * (x + y)) for y in range(64) for x in range(64))).save(
            into + "/deep-grey.png"
        )
        picture.convert("CMYK").save(into + "/cmyk.jpg", quality=95)
        picture.save(into + "/progressive.jpg", quality=95, progressive=True, subsampling=0)
        picture.resize((4100, 2733)).save(into + "/large.jpg", quality=95)
        picture.save(into + "/photo.webp", quality=95)
    elif kind == "blur":
        for name, size in ("wide", (60, 40)), ("tall", (40, 64)), ("square", (33, 33)), ("large", (1500, 1000)):
            photo(*size).save(f"{into}/{name}.png")
    elif kind == "bombs":
        bombs(into)
    elif kind == "largest":
        # As much memory as a picture of these kinds may want: 16 bits a channel, and every coefficient kept until the end.
        with open(into + "/largest.png", "wb") as file:
            file.write(png(8_000, 8_000, 16, 6, zeros(8_000 * (8 * 8_000 + 1))))
        long(into)
    elif kind == "long":
        long(into)


def long(into):
    """A picture that takes seconds."""
    Image.new("RGB", (8_000, 8_000), (9, 99, 199)).save(into + "/long.jpg", progressive=True, subsampling=0)


def bombs(into):
    small = zlib.compress(b"\0" * (100 * 301))
    files = {
        "sides.png": png(50_000, 50_000, 8, 2, zeros(1 << 20)),
        "rows.png": png(100, 100, 8, 2, zeros(1 << 30)),
        "profile.png": png(100, 100, 8, 2, small, chunk(b"iCCP", b"x\0\0" + zeros(1 << 30))),
        "text.png": png(100, 100, 8, 2, small, chunk(b"zTXt", b"x\0\0" + zeros(1 << 30))),
        "canvas.gif": b"GIF89a" + struct.pack("<HH", 65_535, 65_535) + b"\0\0\0",
        "frame.gif": b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\xff\xff\xff\xff\0\x02\x02\x44\x01\0;",
    }
    for name, body in files.items():
        with open(f"{into}/{name}", "wb") as file:
            file.write(body)


def seen(path):
    """As a browser shows it on white."""
    picture = ImageOps.exif_transpose(Image.open(path))
    if picture.mode.startswith("I"):
        picture = picture.convert("I").point(lambda grey: grey / 257).convert("L")
    return picture.convert("RGB")


def farthest(original, *variants):
    original = seen(original)
    apart = 0
    for path in variants:
        variant = seen(path)
        wanted = original.resize(variant.size, Image.Resampling.LANCZOS)
        apart = max(apart, *ImageStat.Stat(ImageChops.difference(variant, wanted)).mean)
    return apart


def blur(picture):
    across, down = (3, 4) if picture.height > picture.width else (4, 3)
    rows = [[picture.getpixel((x, y)) for x in range(picture.width)] for y in range(picture.height)]
    return blurhash.encode(rows, components_x=across, components_y=down)


def blurs_apart(path, ours):
    picture = seen(path)
    picture.thumbnail((64, 64), Image.Resampling.LANCZOS)
    ours, theirs = (blurhash.decode(text, 32, 32) for text in (ours, blur(picture)))
    pairs = [(one, two) for row, other in zip(ours, theirs) for left, right in zip(row, other) for one, two in zip(left, right)]
    return max(abs(one - two) for one, two in pairs)


def main():
    what, *given = sys.argv[1:]
    if what == "make":
        make(*given)
    elif what == "farthest":
        print(farthest(*given))
    elif what == "blurhash":
        print(blur(seen(given[0])))
    elif what == "blurs-apart":
        print(blurs_apart(*given))
    else:
        raise SystemExit(f"what is {what}?")


main()
