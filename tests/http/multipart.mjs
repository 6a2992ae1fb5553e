// A strict reader of multipart/form-data: what is not exactly as RFC 7578 writes it is an error.

const lineEnd = '\r\n';

/** The parts of `body` as [{name, filename, type, bytes}]. */
export function readMultipart(contentType, body) {
  const match = /^multipart\/form-data; boundary=([0-9A-Za-z'()+_,./:=? -]{1,70})$/.exec(contentType);
  if (!match) throw new Error(`no boundary in ${contentType}`);
  const delimiter = `--${match[1]}`;
  const parts = [];
  let at = 0;
  const expect = (text, where) => {
    const found = body.toString('latin1', at, at + text.length);
    if (found !== text) throw new Error(`${JSON.stringify(found)} instead of ${JSON.stringify(text)} ${where}`);
    at += text.length;
  };
  expect(delimiter, 'at the beginning');
  while (body.toString('latin1', at, at + 2) === lineEnd) {
    at += 2;
    const part = {};
    for (;;) {
      const end = body.indexOf(lineEnd, at, 'latin1');
      if (end < 0) throw new Error('a header without end');
      const line = body.toString('utf8', at, end);
      at = end + 2;
      if (line === '') break;
      const [, name, value] = /^([A-Za-z-]+): (.*)$/.exec(line) ?? (() => { throw new Error(`no header: ${line}`); })();
      if (name.toLowerCase() === 'content-disposition') {
        const fields = /^form-data; name="([^"]*)"; filename="([^"]*)"$/.exec(value);
        if (!fields) throw new Error(`no file: ${value}`);
        [, part.name, part.filename] = fields;
      } else if (name.toLowerCase() === 'content-type') {
        part.type = value;
      } else {
        throw new Error(`another header: ${line}`);
      }
    }
    const end = body.indexOf(lineEnd + delimiter, at, 'latin1');
    if (end < 0) throw new Error(`the part ${part.name} has no end`);
    part.bytes = body.subarray(at, end);
    at = end + 2;
    parts.push(part);
    expect(delimiter, `after the part ${part.name}`);
  }
  expect(`--${lineEnd}`, 'at the end');
  if (at !== body.length) throw new Error(`${body.length - at} bytes after the end`);
  return parts;
}
