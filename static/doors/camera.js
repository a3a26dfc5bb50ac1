// The camera: its picture on the screen, one frame after the other to the reader, none of them piled up.

const LONGEST_SIDE = 1024; // pixels that are enough for a badge at arm's length
const PAUSE = 60; // milliseconds between two frames, for the battery

const after = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Wait for the video's next frame, not for ever. */
function nextFrame(video) {
  const shown = video.requestVideoFrameCallback ? new Promise((resolve) => video.requestVideoFrameCallback(resolve)) : after(PAUSE);
  return Promise.race([shown, after(500)]);
}

export class Camera {
  /** `onCode` hears every code in view, again and again; `onState` hears "starting", "on", "off" or why there is no picture. */
  constructor({ video, reader, onCode, onState }) {
    Object.assign(this, { video, reader, onCode, onState });
    this.canvas = document.createElement("canvas");
    this.context = this.canvas.getContext("2d", { willReadFrequently: true });
    this.run = 0;
    this.stream = null;
    this.chosen = null;
  }

  get track() {
    return this.stream?.getVideoTracks()[0] ?? null;
  }

  /** Say whether the light can be switched. */
  get hasTorch() {
    return Boolean(this.track?.getCapabilities?.().torch);
  }

  /** Show the camera's picture and read it until stopped. */
  async start() {
    this.stop();
    const run = ++this.run;
    this.onState("starting");
    if (!navigator.mediaDevices?.getUserMedia) return this.onState("insecure");
    const which = this.chosen ? { deviceId: { exact: this.chosen } } : { facingMode: { ideal: "environment" } };
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: { ...which, width: { ideal: 1280 }, height: { ideal: 720 } } });
      if (run !== this.run) return stream.getTracks().forEach((track) => track.stop());
      this.stream = stream;
      this.track.addEventListener("ended", () => run === this.run && this.onState("lost"));
      this.video.srcObject = stream;
      await this.video.play();
    } catch (error) {
      if (run === this.run) this.fail(error);
      return undefined;
    }
    if (run === this.run) this.onState("on");
    return this.read(run);
  }

  fail({ name }) {
    this.release();
    if (name === "OverconstrainedError" && this.chosen) {
      this.chosen = null;
      this.start();
      return;
    }
    const why = { NotAllowedError: "denied", SecurityError: "denied", NotFoundError: "missing", OverconstrainedError: "missing", NotReadableError: "busy" };
    this.onState(why[name] ?? "lost");
  }

  /** Let go of the camera. */
  stop() {
    this.run += 1;
    this.release();
    this.onState("off");
  }

  release() {
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = null;
    this.video.srcObject = null;
  }

  async read(run) {
    const decode = await this.reader();
    while (run === this.run) {
      await nextFrame(this.video);
      const text = run === this.run && this.video.videoWidth ? await decode(this.grab()).catch(() => null) : null;
      if (text && run === this.run) this.onCode(text);
      await after(PAUSE);
    }
  }

  /** Copy the present frame, no larger than needed. */
  grab() {
    const { videoWidth, videoHeight } = this.video;
    const scale = Math.min(1, LONGEST_SIDE / Math.max(videoWidth, videoHeight));
    const [width, height] = [Math.round(videoWidth * scale), Math.round(videoHeight * scale)];
    if (this.canvas.width !== width || this.canvas.height !== height) Object.assign(this.canvas, { width, height });
    this.context.drawImage(this.video, 0, 0, width, height);
    return this.context.getImageData(0, 0, width, height);
  }

  /** List the telephone's cameras by their ids. */
  async cameras() {
    const all = await (navigator.mediaDevices?.enumerateDevices?.() ?? []);
    return all.filter((device) => device.kind === "videoinput" && device.deviceId).map((device) => device.deviceId);
  }

  /** Go on with the next camera; return its id. */
  async next() {
    const all = await this.cameras();
    const at = all.indexOf(this.track?.getSettings().deviceId);
    this.chosen = all[(at + 1) % all.length] ?? null;
    this.start();
    return this.chosen;
  }

  /** Switch the light. */
  async light(on) {
    await this.track?.applyConstraints({ advanced: [{ torch: on }] }).catch(() => {});
  }
}
