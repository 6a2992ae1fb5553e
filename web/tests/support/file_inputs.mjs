// The two file inputs of the guide, filled as a person would.

/** Puts the inputs into the page and chooses the files; they are then `upload-json`, `upload-weights`. */
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
