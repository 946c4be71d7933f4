// Takes a page's videos from one plain MP4 to HLS, which fits the connection. Until somebody wants
// to play, nothing of a video and no library is loaded; without this module the MP4 plays.

const HLS_TYPE = "application/vnd.apple.mpegurl";

class Player {
  constructor(box) {
    this.video = box.querySelector("video");
    this.playlist = box.dataset.hls;
    this.library = box.dataset.hlsLibrary;
    this.errorBox = box.querySelector(".player-error");
    this.hls = null;
    this.resumeAt = 0;

    this.errorBox.querySelector("button").addEventListener("click", () => this.retry());
    this.video.addEventListener("playing", () => this.showError(false));
    this.video.addEventListener("error", () => this.fail());
    // A source that can't be loaded tells of it itself, and the event doesn't rise.
    this.video.querySelector("source").addEventListener("error", () => this.fail());

    // Setting `src` keeps to preload="none"; calling load() would not.
    if (this.video.canPlayType(HLS_TYPE)) this.video.src = this.playlist;
    else this.video.addEventListener("play", () => this.startHls(), { once: true });
  }

  async startHls() {
    let Hls;
    try {
      ({ default: Hls } = await import(this.library));
    } catch {
      return; // the MP4 is playing already
    }
    if (!Hls.isSupported()) return;
    this.hls = new Hls({ startPosition: this.video.currentTime });
    this.hls.on(Hls.Events.ERROR, (_event, data) => {
      if (data.fatal) this.backToMp4();
    });
    this.hls.loadSource(this.playlist);
    this.hls.attachMedia(this.video);
    this.hls.once(Hls.Events.MANIFEST_PARSED, () => this.play());
  }

  // HLS, the browser's or the library's, has given up: the plain file may still come through.
  backToMp4() {
    const at = this.video.currentTime;
    this.hls?.destroy();
    this.hls = null;
    this.video.removeAttribute("src");
    this.start(at);
  }

  start(at) {
    this.video.load();
    if (at > 0) {
      this.video.addEventListener("loadedmetadata", () => (this.video.currentTime = at), { once: true });
    }
    this.play();
  }

  play() {
    this.video.play().catch((error) => {
      if (error.name === "NotSupportedError") this.fail();
    });
  }

  fail() {
    if (this.hls) return;
    if (this.video.hasAttribute("src")) {
      this.backToMp4();
      return;
    }
    this.resumeAt = this.video.currentTime || this.resumeAt;
    this.showError(true);
  }

  retry() {
    this.showError(false);
    this.start(this.resumeAt);
    this.video.focus();
  }

  showError(shown) {
    this.errorBox.hidden = !shown;
  }
}

for (const box of document.querySelectorAll(".player[data-hls]")) new Player(box);
