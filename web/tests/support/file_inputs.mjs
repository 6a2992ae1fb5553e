// The two file inputs of the guide, filled as a person would.

/** Puts the inputs `upload-json` and `upload-weights` into the page and chooses their files. */
export async function chooseFiles(page, [json, weights]) {
  await page.evaluate(() => {
    for (const id of ['upload-json', 'upload-weights']) {
      const input = document.createElement('input');
      Object.assign(input, { type: 'file', id });
      document.body.append(input);
    }
  });
  await (await page.$('#upload-json')).uploadFile(json);
  await (await page.$('#upload-weights')).uploadFile(weights);
}
