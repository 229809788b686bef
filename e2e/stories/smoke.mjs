// The front page, on a phone and on a desk, by day and by night, with JavaScript and without.
import { join } from 'node:path';
import { axe } from '../axe.mjs';
import { person } from '../browser.mjs';

export default async function ({ base, shots, say }) {
  for (const width of [360, 1280]) {
    for (const scheme of ['light', 'dark']) await look({ width, scheme, javaScript: true });
  }
  await look({ width: 360, scheme: 'light', javaScript: false });

  async function look({ width, scheme, javaScript }) {
    const name = `front-${width}-${scheme}${javaScript ? '' : '-bare'}`;
    const { page, calm, leave } = await person({ width, scheme, javaScript });
    const answer = await page.goto(base);
    if (!answer.ok()) throw new Error(`${answer.status()} for ${base}`);
    await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    if (wide > width) throw new Error(`${name}: the page is ${wide} px wide`);
    await axe(page);
    calm();
    await leave();
    say(`${name} is calm and open to all`);
  }
}
