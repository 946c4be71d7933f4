// The video beside the captions: plays, jumps, and shows the captions as they are being written.

const JUMP = 2; // seconds

export class Screen {
  constructor(video, language) {
    this.video = video;
    this.stopAt = null;
    this.track = video.addTextTrack("captions", "", language);
    this.track.mode = "showing";
    this.hideOthers();
    video.textTracks.addEventListener("addtrack", () => this.hideOthers());
    video.addEventListener("timeupdate", () => this.stopInTime());
  }

  // What was saved would be shown twice.
  hideOthers() {
    for (const track of this.video.textTracks) {
      if (track !== this.track && track.kind !== "chapters") track.mode = "disabled";
    }
  }

  get time() {
    return this.video.currentTime;
  }

  show(cues) {
    for (const cue of [...(this.track.cues ?? [])]) this.track.removeCue(cue);
    for (const { start, end, text } of cues) {
      const cue = new VTTCue(start, end, "");
      cue.text = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
      this.track.addCue(cue);
    }
  }

  // A video of which nothing was loaded yet has to be, to be sought in.
  seek(seconds) {
    this.stopAt = null;
    if (this.video.readyState === 0 && this.video.preload === "none") this.video.preload = "auto";
    this.video.currentTime = Math.max(0, seconds);
  }

  jump(direction) {
    this.seek(this.time + direction * JUMP);
  }

  toggle() {
    this.stopAt = null;
    if (this.video.paused) this.video.play().catch(() => {});
    else this.video.pause();
  }

  play(start, end) {
    this.seek(start);
    this.stopAt = end;
    this.video.play().catch(() => {});
  }

  stopInTime() {
    if (this.stopAt === null || this.time < this.stopAt) return;
    this.stopAt = null;
    this.video.pause();
  }
}
