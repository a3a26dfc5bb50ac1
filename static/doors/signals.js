// Each answer has its own sound and its own vibration.

const SOUNDS = {
  // [hertz, starts at, lasts] in seconds
  enter: { type: "sine", notes: [[880, 0, 0.1], [1320, 0.11, 0.18]] },
  look: { type: "triangle", notes: [[620, 0, 0.16], [620, 0.26, 0.16]] },
  stop: { type: "square", notes: [[150, 0, 0.7]] },
  undecided: { type: "triangle", notes: [[440, 0, 0.08], [370, 0.16, 0.08], [330, 0.32, 0.08], [290, 0.48, 0.2]] },
};
const SHAKES = { enter: [80], look: [140, 90, 140], stop: [650], undecided: [50, 60, 50, 60, 50, 60, 50] };

let context = null;

/** Say whether sound may be played now; browsers want a touch first. */
export const sounding = () => context?.state === "running";

/** Ask for sound: call it when the page is touched. */
export async function allowSound() {
  const Context = globalThis.AudioContext ?? globalThis.webkitAudioContext;
  if (!Context) return;
  context ??= new Context();
  if (context.state !== "running") await context.resume().catch(() => {});
}

function play({ type, notes }) {
  const start = context.currentTime + 0.01;
  for (const [hertz, at, lasts] of notes) {
    const tone = context.createOscillator();
    const loud = context.createGain();
    tone.type = type;
    tone.frequency.value = hertz;
    loud.gain.setValueAtTime(0, start + at);
    loud.gain.linearRampToValueAtTime(0.5, start + at + 0.01);
    loud.gain.setValueAtTime(0.5, start + at + lasts - 0.03);
    loud.gain.linearRampToValueAtTime(0, start + at + lasts);
    tone.connect(loud).connect(context.destination);
    tone.start(start + at);
    tone.stop(start + at + lasts);
  }
}

/** Sound and shake for an answer: enter, look, stop or undecided. */
export function signal(kind) {
  if (sounding()) play(SOUNDS[kind]);
  if (navigator.userActivation?.hasBeenActive ?? true) navigator.vibrate?.(SHAKES[kind]);
}
