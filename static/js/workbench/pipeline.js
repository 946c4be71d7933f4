// When the pipeline is done with a video, the page shows its player instead of the steps.
document.body.addEventListener("htmx:afterSwap", () => {
  if (document.querySelector("#pipeline[data-reload]")) window.location.reload();
});
