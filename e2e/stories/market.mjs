// The demo market as its visitors see it: what a feed weighs, how soon it is painted, and the pictures of the README.
import { join } from 'node:path';
import { axe } from '../axe.mjs';
import { person } from '../browser.mjs';
import { paint, weigh } from '../budget.mjs';

const PASSWORD = 'soko la mfano 2026';
/** Bytes of a first visit without its pictures, and of scripts (W5). */
const PAGE = 60 * 1024;
const SCRIPT = 20 * 1024;
/** On a cheap phone: ms until the largest thing is there, and how much may move. Told in the long form only. */
const PAINTED = 2000;
const MOVED = 0.05;

export default async function ({ base, shots, say }) {
  const neema = await enter('neema', { width: 360 });
  const state = await neema.context.storageState();
  await budgets(state);
  await pictures();
  await neema.calm();

  async function enter(name, looks) {
    const who = await person(looks);
    await who.page.goto(`${base}/login`);
    await who.page.locator('[name=identifier]').fill(`${name}@demo.example`);
    await who.page.locator('[name=password]').fill(PASSWORD);
    await Promise.all([who.page.waitForURL(/\/feed$/), who.page.locator('form[action="/login"] button').first().click()]);
    return who;
  }

  async function budgets(state) {
    for (const path of ['/feed', '/orders', '/wallet']) {
      const bytes = await weigh(base + path, { width: 360, state });
      const bare = bytes.total - bytes.image;
      say(`${path}: ${bare} bytes, ${bytes.script} of script, and ${bytes.image} of pictures`);
      if (bare > PAGE || bytes.script > SCRIPT) throw new Error(`${path} is over its budget: ${JSON.stringify(bytes)}`);
    }
    const full = await weigh(`${base}/feed`, { width: 360, state });
    const cookies = [...state.cookies, { ...state.cookies[0], name: 'nexgate-data', value: 'low' }];
    const low = await weigh(`${base}/feed`, { width: 360, state: { ...state, cookies } });
    say(`pictures of the feed: ${full.image} bytes, ${low.image} in low-data mode`);
    if (!(low.image > 0 && low.image * 2 < full.image)) throw new Error('low-data mode saves too little');
    if (!process.env.NEXGATE_TEST_LONG) return;
    for (const path of ['/feed', '/orders']) {
      const { lcp, cls } = await paint(base + path, { width: 360, state });
      say(`${path}: largest paint after ${lcp.toFixed(0)} ms, shift ${cls.toFixed(3)}`);
      if (lcp > PAINTED || cls > MOVED) throw new Error(`${path} is painted too late or moves`);
    }
  }

  /** By day on a phone, by night on a desk, in both languages. */
  async function pictures() {
    const shot = async (who, name) => {
      await who.page.waitForLoadState('networkidle');
      await who.page.screenshot({ path: join(shots, `${name}.png`) });
      await axe(who.page);
    };
    await neema.page.goto(`${base}/feed`);
    // The first post with a picture on top.
    await neema.page.locator('a.offer').first().evaluate((offer) => scrollTo(0, offer.closest('article').offsetTop - 12));
    await shot(neema, 'market-feed');
    await Promise.all([neema.page.waitForURL(/\/products\//), neema.page.locator('a.offer').first().click()]);
    await shot(neema, 'market-product');
    await neema.page.goto(`${base}/orders`);
    await neema.page.locator('a.row:has-text("On its way")').first().click();
    await neema.page.locator('.code').waitFor();
    await shot(neema, 'market-order');
    const desk = await enter('neema', { width: 1280, scheme: 'dark', locale: 'sw' });
    for (const [path, name] of [['/feed', 'market-feed-desk'], ['/orders', 'market-orders-desk'], ['/notifications', 'market-notices-desk']]) {
      await desk.page.goto(base + path);
      await shot(desk, name);
    }
    // The rest of a list comes in place.
    await desk.page.goto(`${base}/feed?limit=10`);
    const before = await desk.page.locator('article').count();
    const more = desk.page.locator('.more a');
    await more.click();
    await desk.page.waitForFunction((count) => document.querySelectorAll('article').length > count, before);
    if (!desk.page.url().endsWith('/feed?limit=10')) throw new Error('more left the page');
    desk.calm();
    await desk.leave();
  }
}
