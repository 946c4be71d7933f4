// When there is more to see of a video than the page shows, it shows it: a player as soon as there
// are first pictures, and everything once all is done. But never under somebody's hands: who is
// writing or watching finds a link instead.

let written = false;

function isBusy() {
  const video = document.querySelector(".player video");
  return written || (video !== null && !video.paused);
}

document.body.addEventListener("input", () => (written = true));
document.body.addEventListener("htmx:afterSwap", () => {
  const steps = document.getElementById("pipeline");
  const isNews = "reload" in steps.dataset || ("playable" in steps.dataset && !document.querySelector(".player"));
  if (isNews && !isBusy()) window.location.reload();
});
