"""QR codes and bar codes that a telephone could scan from the screen."""

import zxingcpp

from media_pipeline.analysis.material import Found, Frame
from media_pipeline.analysis.sightings import Sightings

CODE = "code"
SHOWN = 120  # characters of what a code says
# Codes with a checksum that holds what was read against it: their readers don't see ghosts.
SURE = (
    zxingcpp.BarcodeFormat.QRCode,
    zxingcpp.BarcodeFormat.MicroQRCode,
    zxingcpp.BarcodeFormat.RMQRCode,
    zxingcpp.BarcodeFormat.DataMatrix,
    zxingcpp.BarcodeFormat.Aztec,
    zxingcpp.BarcodeFormat.PDF417,
)
# Stripes are in many pictures: these count when the same is read twice.
STRIPES = (
    zxingcpp.BarcodeFormat.EAN13,
    zxingcpp.BarcodeFormat.UPCA,
    zxingcpp.BarcodeFormat.Code128,
)
_NAMES = {zxingcpp.BarcodeFormat.QRCode: "QR", zxingcpp.BarcodeFormat.EAN13: "EAN"}
_LOOKED_FOR = zxingcpp.BarcodeFormats([*SURE, *STRIPES])
LEAST_LETTERS = 4  # of what a bar code says; shorter ones are stripes that happen to fit
SEEN_ONCE, SEEN_TWICE = 0.5, 1.0


class Codes:
    """Looks for codes in frame after frame."""

    def __init__(self) -> None:
        self._sightings = Sightings()
        self._stripes: dict[str, int] = {}

    def see(self, frame: Frame) -> None:
        grey = frame.image.convert("L")
        for code in zxingcpp.read_barcodes(
            grey, formats=_LOOKED_FOR, try_downscale=True, try_invert=True
        ):
            text = " ".join(code.text.split())
            if code.format in SURE:
                self._note(code.format, text, frame.second, SEEN_TWICE)
            elif len(text) >= LEAST_LETTERS:
                times = self._stripes[text] = self._stripes.get(text, 0) + 1
                self._note(code.format, text, frame.second, SEEN_TWICE if times > 1 else SEEN_ONCE)

    def found(self) -> list[Found]:
        return self._sightings.found(least_sure=SEEN_TWICE)

    def _note(self, kind: zxingcpp.BarcodeFormat, text: str, second: float, sure: float) -> None:
        name = _NAMES.get(kind, str(kind))
        self._sightings.note(CODE, f"{name}: {text}"[:SHOWN], second, sure)
