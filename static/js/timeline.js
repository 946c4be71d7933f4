// Ties a timeline to the page's player: whatever has a time takes the player there, and a line
// shows where it is. Without this module times are words, and a finding's picture is a link.

const video = document.querySelector("video");

function goTo(seconds) {
  video.currentTime = seconds;
  video.play().catch(() => {}); // not allowed to, or not there: then it waits at that time
  video.scrollIntoView({ block: "nearest", behavior: "smooth" });
}

function follow(timeline) {
  const duration = Number(timeline.dataset.duration);
  const drawing = timeline.querySelector("svg");
  const head = timeline.querySelector("[data-head]");
  timeline.classList.add("timeline-live");
  drawing.addEventListener("click", (event) => {
    if (event.target.closest("[data-seek]")) return;
    const box = drawing.getBoundingClientRect();
    goTo((duration * (event.clientX - box.left)) / box.width);
  });
  video.addEventListener("timeupdate", () => {
    const at = `${Math.min(100, (100 * video.currentTime) / duration)}%`;
    head.setAttribute("x1", at);
    head.setAttribute("x2", at);
  });
}

if (video) {
  for (const timeline of document.querySelectorAll("[data-timeline]")) follow(timeline);
  for (const button of document.querySelectorAll("button[data-seek]")) {
    button.hidden = false;
    button.parentElement.querySelector("[data-time]")?.remove();
  }
  document.addEventListener("click", (event) => {
    const target = event.target.closest("[data-seek]");
    if (!target || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    goTo(Number(target.dataset.seek));
  });
}
