"""A camera's EXIF and an XMP packet for tests."""

from __future__ import annotations

from PIL import Image

PACKET = (b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
          b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
          b' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:tiff="http://ns.adobe.com/tiff/1.0/"'
          b' tiff:Orientation="1"><dc:title>Boats at Dieppe</dc:title></rdf:Description>'
          b'</rdf:RDF></x:xmpmeta><?xpacket end="w"?>')


def camera_exif(orientation: int = 0) -> bytes:
    """Make, time, size and place, and an orientation if it is not 0."""
    made = Image.Exif()
    made[0x010F] = "Kodak"
    if orientation:
        made[0x0112] = orientation
    camera = made.get_ifd(0x8769)
    camera[0x9003], camera[0xA002], camera[0xA003], camera[0x829A] = "2020:01:02 03:04:05", 32, 24, 0.01
    made.get_ifd(0x8825)[1] = "N"
    return made.tobytes()
