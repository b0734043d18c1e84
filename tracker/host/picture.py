"""A virtual display's memory as a PNG file, without any imaging library."""

import struct
import zlib

# https://www.x.org/releases/X11R7.6/doc/xorg-docs/ has the XWD file format as XWDFile.h: 25 big-endian words.
_XWD_WORDS = struct.Struct(">25I")
_XWD_VERSION = 7
_COLOUR_BYTES = 12


def png_of_framebuffer(frame: bytes) -> bytes:
    """Turn the XWD image that Xvfb keeps with -fbdir into a PNG (24 bits, no alpha).

    Raises ValueError when the bytes are not such an image.
    """
    if len(frame) < _XWD_WORDS.size:
        raise ValueError("This is not a display's memory: it is too short.")
    words = _XWD_WORDS.unpack_from(frame)
    header_size, version, bits, line_bytes, colours = words[0], words[1], words[11], words[12], words[19]
    width, height = words[4], words[5]
    if version != _XWD_VERSION or bits != 32:
        raise ValueError("This is not a display's memory of 32 bits a pixel.")
    start = header_size + colours * _COLOUR_BYTES
    pixels = frame[start : start + line_bytes * height]
    if len(pixels) < line_bytes * height:
        raise ValueError("This display's memory is cut short.")
    lines = bytearray()
    for row in range(height):
        line = pixels[row * line_bytes : row * line_bytes + width * 4]
        rgb = bytearray(width * 3)
        # Little-endian x86 and ARM: blue, green, red, unused.
        rgb[0::3], rgb[1::3], rgb[2::3] = line[2::4], line[1::4], line[0::4]
        lines += b"\0" + rgb
    header = struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)
    chunks = (_chunk(b"IHDR", header), _chunk(b"IDAT", zlib.compress(bytes(lines), 6)), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
