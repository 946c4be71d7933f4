// What captions are, without any page: times as people write them, and WebVTT as the server takes
// it. The server reads and checks everything again.

const TIME = /^(?:(\d{1,3}):)?(?:(\d{1,3}):)?(\d{1,2})(?:[.,](\d{1,3}))?$/;

// "1:02.5" or "62,5" in seconds; null where it is no time.
export function parseTime(written) {
  const match = TIME.exec(written.trim());
  if (!match) return null;
  const [, first, second, rest, fraction] = match;
  const hours = second === undefined ? 0 : Number(first);
  const minutes = second === undefined ? Number(first ?? 0) : Number(second);
  if (first !== undefined && Number(rest) > 59) return null;
  if (second !== undefined && minutes > 59) return null;
  return round(hours * 3600 + minutes * 60 + Number(rest) + Number(`0.${fraction ?? 0}`));
}

// 62.5 as "1:02.50".
export function writeTime(seconds) {
  const hundredths = Math.round(seconds * 100);
  const minutes = Math.floor(hundredths / 6000);
  const rest = ((hundredths % 6000) / 100).toFixed(2).padStart(5, "0");
  return `${minutes}:${rest}`;
}

export function round(seconds) {
  return Math.round(seconds * 1000) / 1000;
}

function timestamp(seconds) {
  const thousandths = Math.round(seconds * 1000);
  const parts = [Math.floor(thousandths / 3600000), Math.floor(thousandths / 60000) % 60];
  const rest = ((thousandths % 60000) / 1000).toFixed(3).padStart(6, "0");
  return `${parts.map((part) => String(part).padStart(2, "0")).join(":")}:${rest}`;
}

export function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

// Lines without anything on them would end the caption.
export function tidy(text) {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean)
    .join("\n");
}

export function asVtt(cues) {
  const blocks = cues.map(
    ({ start, end, text }) =>
      `${timestamp(start)} --> ${timestamp(end)}\n${escaped(tidy(text))}\n`,
  );
  return ["WEBVTT\n", ...blocks].join("\n");
}

// Why no player could show it: a key of the template's data, or "".
export function wrongWith({ start, end }, seconds) {
  if (start === null || end === null) return "time";
  if (end <= start) return "order";
  if (seconds && start >= seconds) return "late";
  return "";
}

export function speedOf({ start, end, text }) {
  return Math.round(tidy(text).length / Math.max(end - start, 0.001));
}
