// node run.mjs STORY: tells stories/STORY.mjs on the node at BASE, pictures to SHOTS.
import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { close, pages } from './browser.mjs';

/** How long a story may take, in ms. */
const PATIENCE = 240_000;

const [story] = process.argv.slice(2);
if (!/^[a-z_]+$/.test(story ?? '')) {
  console.error('usage: node run.mjs STORY');
  process.exit(2);
}
const base = process.env.BASE ?? 'http://127.0.0.1:8080';
const shots = process.env.SHOTS ?? (await mkdtemp(join(tmpdir(), 'nexgate-shots-')));
const begun = Date.now();
const say = (what) => console.log(`${((Date.now() - begun) / 1000).toFixed(1).padStart(6)} s  ${what}`);

try {
  await mkdir(shots, { recursive: true });
  const { default: tell } = await import(`./stories/${story}.mjs`);
  await Promise.race([tell({ base, shots, say }), giveUp()]);
  say(`${story} is told; pictures in ${shots}`);
} catch (error) {
  console.error(`${story} failed: ${error.stack}`);
  await takePictures();
  process.exitCode = 1;
} finally {
  await close();
}

async function giveUp() {
  await pause(PATIENCE, undefined, { ref: false });
  throw new Error(`it isn't told after ${PATIENCE / 1000} s`);
}

/** Of every page as it was when the story broke off. */
async function takePictures() {
  for (const [at, page] of (await pages()).entries()) {
    const path = join(shots, `${story}-failed-${at + 1}.png`);
    const taken = await page.screenshot({ path, fullPage: true }).then(() => path, (error) => `no picture: ${error.message}`);
    console.error(`${page.url()}: ${taken}`);
  }
}
