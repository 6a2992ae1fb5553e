// Reading a stream of bytes to its end, or to where its reader has had enough.

/** Gives each chunk to `take` until it returns false or the body ends. */
export async function readStream(body, take) {
  const reader = body.getReader();
  let isEnded = false;
  try {
    while (!isEnded) {
      const { done, value } = await reader.read();
      isEnded = done;
      if (!done && take(value) === false) break;
    }
  } finally {
    if (!isEnded) reader.cancel().catch(() => {}); // or the rest would come all the same
  }
}
