// Reading QR codes from pictures with zxing, in a worker or, where a browser has no module workers, in the page.

import { prepareZXingModule, readBarcodes } from "../vendor/zxing/es/reader/index.js";

const HOW = { formats: ["QRCode"], maxNumberOfSymbols: 1, tryHarder: true, tryInvert: false, textMode: "Plain" };

/** Load the reader's program from our own address. */
export function prepare(program) {
  return prepareZXingModule({ overrides: { locateFile: () => program }, fireImmediately: true });
}

/** Read one code; null when there is none. */
export async function decode(picture) {
  const [found] = await readBarcodes(picture, HOW);
  return found?.isValid ? found.text : null;
}

/** In a worker: answer each picture with its code. */
export function serve(program) {
  const ready = prepare(program);
  self.onmessage = async ({ data: { width, height, pixels } }) => {
    let text = null;
    try {
      await ready;
      text = await decode(new ImageData(new Uint8ClampedArray(pixels), width, height));
    } catch (error) {
      self.postMessage({ failed: String(error) });
      return;
    }
    self.postMessage({ text });
  };
  self.postMessage({ started: true });
}
