// Whether the server answers, as measured: the browser's own word for it is not believed.

const QUICK = 700; // milliseconds

export class Network {
  constructor(onChange) {
    this.state = "unknown";
    this.onChange = onChange;
  }

  /** Note an answer's status (0 is none) and how long it took. */
  heard({ status, took }) {
    const state = status === 0 || status >= 500 ? "silent" : took > QUICK ? "slow" : "answers";
    if (state === this.state) return;
    this.state = state;
    this.onChange(state);
  }
}
