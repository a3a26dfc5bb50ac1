// Asks the worker for the code in a picture, one picture at a time.

const START = 15_000; // milliseconds for a cheap telephone to load the worker

/** Start the worker; reject when the browser cannot. */
function startWorker(address) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(address, { type: "module" });
    const late = setTimeout(() => reject(new Error("the worker did not start")), START);
    worker.onerror = (event) => reject(new Error(event.message || "the worker failed"));
    worker.onmessage = () => {
      clearTimeout(late);
      resolve(worker);
    };
  });
}

function askWorker(worker, picture) {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => (data.failed ? reject(new Error(data.failed)) : resolve(data.text));
    worker.onerror = (event) => reject(new Error(event.message || "the worker failed"));
    const { width, height, data } = picture;
    worker.postMessage({ width, height, pixels: data.buffer }, [data.buffer]);
  });
}

/** Make a function that reads a picture: in the worker, else in the page. */
export async function makeReader({ worker: address, program }) {
  try {
    const worker = await startWorker(address);
    return (picture) => askWorker(worker, picture);
  } catch {
    const { decode, prepare } = await import("./decode.js");
    await prepare(program);
    return decode;
  }
}
