// The page of examples/browser, driven as a person would, on its own server and under its own
// Content-Security-Policy: a digit drawn, models built, saved everywhere, listed, renamed, copied,
// deleted.

import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { arrived } from '../support/downloads.mjs';
import { check, checkSame } from '../support/in_page.js';
import { pageOf } from '../support/demo_page.mjs';
import { suite } from '../support/suite.mjs';

const digits = fileURLToPath(new URL('../../../examples/browser/digits/', import.meta.url));
const weightsFile = join(digits, 'model.weights.bin');

/** A dense layer of 6.15 MB. */
async function buildLarge(page, press) {
  await page.$eval('#input-shape', (field) => {
    field.value = '1500';
    field.dispatchEvent(new Event('change'));
  });
  await page.$eval('#add-layer [name=units]', (field) => (field.value = '1024'));
  await press('Add layer');
}

await suite(import.meta.url, (test) => {
  test('Page: a digit drawn with the mouse is read', async (context) => {
    const { page, ready, drawWithMouse, answer } = await pageOf(context);
    await ready('digits');
    await drawWithMouse([[0.3, 0.22], [0.7, 0.22], [0.45, 0.8]]);
    await answer('7');
    await page.click('#pad-clear');
    await drawWithMouse([[0.5, 0.2], [0.5, 0.82]]);
    await answer('1');
  });

  test('Page: computes with threads', async (context) => {
    const { page, ready } = await pageOf(context);
    await ready('digits');
    const [isIsolated, wasm] = await page.evaluate(() => [
      crossOriginIsolated,
      performance.getEntriesByType('resource').map(({ name }) => name.split('/').pop())
        .filter((name) => name.endsWith('.wasm')),
    ]);
    check(isIsolated, 'the page is not isolated');
    checkSame(wasm, ['tfjs-threads.wasm'], 'what it computes with');
  });

  test('Page: a digit drawn with the keyboard is read', async (context) => {
    const { page, ready, answer } = await pageOf(context);
    await ready('digits');
    await page.focus('#pad');
    await page.keyboard.down('Shift');
    for (let i = 0; i < 16; ++i) await page.keyboard.press('ArrowDown');
    await page.keyboard.up('Shift');
    await answer('1');
    await page.keyboard.press('Delete');
    await page.waitForFunction(() => !document.querySelector('#prediction .bars'));
  });

  test('Page: fits a phone, where a finger draws', async (context) => {
    const { page, ready, answer, source } = await pageOf(context);
    await page.setViewport({ width: 360, height: 640 });
    await ready('digits');
    for (const each of ['url', 'files', 'build', 'digits']) {
      await source(each);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      check(width <= 360, `the source ${each} is ${width} pixels wide`);
    }
    const pad = await page.$('#pad');
    await pad.scrollIntoView();
    const { x, y, width, height } = await pad.boundingBox();
    await page.touchscreen.touchStart(x + 0.5 * width, y + 0.2 * height);
    for (let at = 0.25; at <= 0.8; at += 0.05) {
      await page.touchscreen.touchMove(x + 0.5 * width, y + at * height);
    }
    await page.touchscreen.touchEnd();
    await answer('1');
  });

  test('Page: each example digit is read as what it is', async (context) => {
    const { page, ready, answer } = await pageOf(context);
    await ready('digits');
    for (const digit of [2, 3, 4, 5, 6, 7, 8, 9, 0, 1]) {
      await page.click('#pad-example');
      await answer(String(digit));
    }
  });

  for (const [place, label] of [
    ['indexeddb', 'IndexedDB'], ['localstorage', 'Local storage'], ['server', 'This server'],
  ]) {
    test(`Page: a model saved to ${label} is listed and opens after a reload`, async (context) => {
      const { page, ready, save, stored, press, said } = await pageOf(context);
      await ready('digits');
      await save('my <b>model</b>/1', place);
      await said(`Saved my <b>model</b>/1: ${label}`);
      await page.reload();
      await ready('digits');
      const [[name, about], ...others] = await stored(1);
      check(others.length === 0, 'one model is stored');
      check(name === 'my <b>model</b>/1', `the name is shown as ${name}`);
      check(about.startsWith(`${label} · 87.`), `about it is said: ${about}`);
      await press('Open my <b>model</b>/1');
      await ready('my <b>model</b>/1');
      await said('Loaded my <b>model</b>/1');
      const bytes = await page.$eval('#job-bytes', (amount) => amount.textContent);
      check(bytes === '84.5 kB', `so much was loaded: ${bytes}`);
      await page.click('#pad-example');
      await page.waitForFunction(
        () => document.querySelector('#prediction .answer')?.textContent === 'It reads 2');
    });
  }

  test('Page: a stored model is renamed, copied and deleted', async (context) => {
    const { page, ready, save, stored, press, more } = await pageOf(context);
    await ready('digits');
    await save('one', 'indexeddb');
    await stored(1);
    await more('one');
    await page.$eval('#models [name=name]', (field) => (field.value = 'two'));
    await press('Rename');
    await page.waitForFunction(() => document.querySelector('#models b')?.textContent === 'two');
    await more('two');
    await page.select('#models [name=place]', 'localstorage');
    await press('Copy');
    checkSame((await stored(2)).map(([name, about]) => [name, about.split(' · ')[0]]).sort(),
      [['two', 'IndexedDB'], ['two', 'Local storage']], 'stored');
    await more('two');
    await press('Delete');
    check((await stored(2)).length === 2, 'the first press deletes nothing');
    await press('Delete for good?');
    await stored(1);
  });

  test('Page: a rename never replaces another model', async (context) => {
    const { page, ready, save, stored, press, more, problem } = await pageOf(context);
    await ready('digits');
    await save('one', 'localstorage');
    await stored(1);
    await save('two', 'localstorage');
    await stored(2);
    await more('two');
    await page.$eval('#models .more:not([hidden]) [name=name]', (field) => (field.value = 'one'));
    await press('Rename');
    await problem('There is already a model called one in Local storage.');
    check((await stored(2)).length === 2, 'both are there');
  });

  test('Page: downloads come whole, and load again in any order', async (context) => {
    const { page, ready, save, source, said } = await pageOf(context);
    await ready('digits');
    await save('mine', 'downloads');
    const files = await arrived(context.downloads, ['mine.json', 'mine.weights.bin']);
    await save('packed', 'zip');
    const [zip] = await arrived(context.downloads, ['packed.zip']);
    await source('files');
    await (await page.$('#pick-files')).uploadFile(...files.reverse());
    await said('Loaded mine');
    await ready('mine');
    await (await page.$('#pick-files')).uploadFile(zip);
    await ready('packed');
  });

  test('Page: files dropped on it load', async (context) => {
    const { page, ready, layers } = await pageOf(context);
    await ready('digits');
    await page.evaluate(async () => {
      const transfer = new DataTransfer();
      for (const name of ['model.weights.bin', 'model.json']) {
        const bytes = await (await fetch(`digits/${name}`)).blob();
        transfer.items.add(new File([bytes], name));
      }
      const options = { dataTransfer: transfer, bubbles: true, cancelable: true };
      document.body.dispatchEvent(new DragEvent('drop', options));
    });
    await ready('model');
    check((await layers()).length === 7, 'its layers are shown');
  });

  test('Page: a model too large for local storage is told how much it needs', async (context) => {
    const { page, ready, source, press, save, problem, stored } = await pageOf(context);
    await ready('digits');
    await source('build');
    await buildLarge(page, press);
    await ready('my-model');
    await save('large', 'localstorage');
    await problem('bytes, more than are free in local storage');
    await press('Close');
    await save('large', 'indexeddb');
    const [[name, about]] = await stored(1);
    check(name === 'large' && about.startsWith('IndexedDB · 6.15 MB'), `${name}: ${about}`);
  });

  test('Page: an upload shows its bytes; cancelled, it leaves nothing', async (context) => {
    const { page, ready, source, press, save, said, stored } = await pageOf(context);
    await ready('digits');
    await source('build');
    await buildLarge(page, press);
    await ready('my-model');
    const network = { download: 1e6, upload: 1e6, latency: 0 }; // bytes a second
    await page.emulateNetworkConditions(network);
    await save('large', 'server');
    await page.waitForFunction(() => {
      const { value } = document.getElementById('job-bar');
      const amount = document.getElementById('job-bytes').textContent;
      return value > 0 && value < 1 && / of 6\.15 MB$/.test(amount);
    });
    await press('Cancel');
    await said('Saving large: cancelled');
    await page.emulateNetworkConditions(null);
    await stored(0);
  }, { in: ['chromium'] }); // Firefox cannot be told to be slow

  test('Page: a missing file is named, and the model that is open stays', async (context) => {
    const { page, ready, source, problem } = await pageOf(context);
    await ready('digits');
    await source('files');
    await (await page.$('#pick-files')).uploadFile(join(dirname(weightsFile), 'model.json'));
    await problem('model.weights.bin');
    await ready('digits');
  });

  test('Page: an address is loaded, and one that is not there is told of', async (context) => {
    const { page, ready, source, problem } = await pageOf(context);
    await ready('digits');
    await source('url');
    await page.type('#source-url input', '/nowhere/model.json');
    await page.click('#source-url button');
    await problem('404');
    await page.$eval('#source-url input', (field) => (field.value = 'digits/model.json'));
    await page.click('#source-url button');
    await page.waitForFunction(
      () => document.querySelector('#model-facts').textContent.includes('digits/model.json'));
  });

  test('Page: a model is built, and layers that do not fit are refused', async (context) => {
    const { page, ready, source, press, problem, layers } = await pageOf(context);
    await ready('digits');
    await source('build');
    await press('LSTM');
    await ready('lstm');
    checkSame(await layers(), [['[null, 16]', '1,344'], ['[null, 3]', '51']], 'layers');
    await page.waitForFunction(
      () => document.querySelector('#prediction').textContent.includes('weights are random'));
    await press('Add layer');
    checkSame((await layers()).at(-1), ['[null, 16]', '64'], 'the layer added');
    await page.select('#add-layer [name=type]', 'Conv2D');
    await press('Add layer');
    await problem('conv2d');
    check((await layers()).length === 3, 'the model is as it was');
  });
});
