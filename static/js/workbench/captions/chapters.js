// Writes the video's position into the chapters, as a new line.

const form = document.querySelector("[data-chapters]");
const button = form?.querySelector("[data-chapter-here]");
const video = document.querySelector(".player video");

function clock(seconds) {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

function secondsOf(line) {
  return line
    .split(" ", 1)[0]
    .split(":")
    .reduce((sum, part) => sum * 60 + Number(part), 0);
}

if (button && video) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const area = form.elements.text;
    const lines = area.value.split("\n").filter((line) => line.trim());
    const line = `${clock(video.currentTime)} `;
    const later = lines.findIndex((one) => secondsOf(one) > video.currentTime);
    const index = later < 0 ? lines.length : later;
    lines.splice(index, 0, line);
    area.value = lines.join("\n");
    const end = lines.slice(0, index + 1).join("\n").length;
    area.focus();
    area.setSelectionRange(end, end);
  });
}
