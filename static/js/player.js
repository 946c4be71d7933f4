// Takes a page's videos from one plain MP4 to HLS, which fits the connection, and lets people choose
// a quality. Until somebody wants to play, nothing of a video and no library is loaded; without
// this module the MP4 plays. A video that is still being made has no MP4 yet, only HLS.

const HLS_TYPE = "application/vnd.apple.mpegurl";

class Player {
  constructor(box) {
    this.video = box.querySelector("video");
    this.playlist = box.dataset.hls;
    this.library = box.dataset.hlsLibrary;
    this.errorBox = box.querySelector(".player-error");
    this.qualityBox = box.querySelector(".player-quality");
    this.hasPlainFile = "plain" in box.dataset;
    this.isNative = this.video.canPlayType(HLS_TYPE) !== "";
    this.hls = null;
    this.resumeAt = 0;

    this.errorBox.querySelector("button").addEventListener("click", () => this.retry());
    this.video.addEventListener("playing", () => this.showError(false));
    this.video.addEventListener("error", () => this.fail());
    // A source that can't be loaded tells of it itself, and the event doesn't rise.
    this.video.querySelector("source")?.addEventListener("error", () => this.fail());
    this.begin();
    if (this.qualityBox) this.offerQualities();
  }

  begin() {
    // Setting `src` keeps to preload="none"; calling load() would not. Not every browser that has
    // HLS plays a list that grows, so for those hls.js comes first.
    if (!this.hasPlainFile) this.startHls();
    else if (this.isNative) this.video.src = this.playlist;
    else this.video.addEventListener("play", () => this.startHls(), { once: true });
  }

  async startHls() {
    const Hls = await this.loadedLibrary();
    if (!Hls) {
      if (!this.hasPlainFile && this.isNative) this.video.src = this.playlist;
      return; // or the MP4 is playing already
    }
    const isWanted = !this.video.paused;
    this.hls = new Hls({ startPosition: this.video.currentTime });
    this.hls.on(Hls.Events.ERROR, (_event, data) => {
      if (data.fatal) this.backToMp4();
    });
    this.hls.loadSource(this.playlist);
    this.hls.attachMedia(this.video);
    this.hls.once(Hls.Events.MANIFEST_PARSED, () => {
      if (this.quality) this.hls.currentLevel = this.levelOf(this.quality);
      if (isWanted) this.play();
    });
  }

  async loadedLibrary() {
    try {
      const { default: Hls } = await import(this.library);
      return Hls.isSupported() ? Hls : null;
    } catch {
      return null;
    }
  }

  // HLS, the browser's or the library's, has given up: the plain file may still come through.
  backToMp4() {
    const at = this.video.currentTime;
    this.hls?.destroy();
    this.hls = null;
    if (!this.hasPlainFile) {
      this.resumeAt = at;
      this.showError(true);
      return;
    }
    this.video.removeAttribute("src");
    this.quality = "";
    this.start(at);
  }

  start(at) {
    this.video.load();
    this.goTo(at);
    this.play();
  }

  goTo(at) {
    if (at > 0) {
      this.video.addEventListener("loadedmetadata", () => (this.video.currentTime = at), { once: true });
    }
  }

  play() {
    this.video.play().catch((error) => {
      if (error.name === "NotSupportedError") this.fail();
    });
  }

  fail() {
    if (this.hls || (!this.hasPlainFile && !this.video.hasAttribute("src"))) return; // hls.js tells
    if (this.video.hasAttribute("src")) {
      this.backToMp4();
      return;
    }
    this.resumeAt = this.video.currentTime || this.resumeAt;
    this.showError(true);
  }

  retry() {
    this.showError(false);
    if (this.hasPlainFile) {
      this.start(this.resumeAt);
    } else {
      this.begin();
      this.goTo(this.resumeAt);
      this.play();
    }
    this.video.focus();
  }

  showError(shown) {
    this.errorBox.hidden = !shown;
  }

  // --- Quality: the plain file of a rung, or with hls.js its level. Empty is as HLS sees fit. ---

  offerQualities() {
    this.qualityBox.hidden = false;
    this.qualityBox.querySelector("select").addEventListener("change", () => this.change());
  }

  get quality() {
    return this.qualityBox?.querySelector("select").value ?? "";
  }

  set quality(url) {
    if (this.qualityBox) this.qualityBox.querySelector("select").value = url;
  }

  change() {
    if (this.hls) {
      this.hls.currentLevel = this.levelOf(this.quality);
      return;
    }
    if (!this.isNative && this.video.paused && !this.video.currentTime) return; // startHls will see
    const { currentTime, paused } = this.video;
    if (this.quality) this.video.src = this.quality;
    else if (this.isNative) this.video.src = this.playlist;
    else this.video.removeAttribute("src");
    if (!paused) this.start(currentTime);
    else if (currentTime > 0) {
      this.video.load();
      this.video.preload = "metadata"; // to show the picture at this time
      this.goTo(currentTime);
    }
  }

  levelOf(url) {
    const playlist = url.replace(/\.mp4$/, ".m3u8");
    return this.hls.levels.findIndex((level) => level.uri.endsWith(playlist)); // -1 is automatic
  }
}

for (const box of document.querySelectorAll(".player[data-hls]")) new Player(box);
