// The core loop as two people live it: a shop, a product, a post; a follower, a purchase, a hand-over (W2).
import { join } from 'node:path';
import { axe } from './axe.mjs';
import { browser, person } from './browser.mjs';
import { code } from './outbox.mjs';

/** How long a page may wait for news of a neighbour, in ms. */
const NEWS = 10_000;
const GLANCE = 250;

/** Words as anybody might type them, and words that want to be more than that. */
export const PLAIN = {
  seller: 'Amina Juma',
  shop: 'Amina Fabrics',
  product: 'Kitenge dress',
  about: 'Cotton, all sizes.\nSewn in Kariakoo.',
  post: 'New dresses are here!',
  alt: 'A red dress on a line',
  landmark: 'Behind the market',
};
const MARKUP = '<img src=x onerror=alert(1)>';
export const HOSTILE = {
  seller: `Amina ${MARKUP}`,
  shop: `"><script>alert(2)</script>`,
  product: `{{7*7}} <svg onload=alert(3)>`,
  about: `</textarea>${MARKUP}\n<!-- \u202e`,
  post: `javascript:alert(4) <a href="javascript:alert(5)">tap</a>`,
  alt: `"><img src=x onerror=alert(7)>`,
  landmark: `' onfocus=alert(6) autofocus='`,
};

/** Lives it, each page looked at by axe and put into a picture; `looks` says on which screen and whether scripts run. */
export async function journey({ base, shots, say }, name, looks, words) {
  const bare = looks.javaScript === false;
  const unique = `${name}${Date.now().toString(36)}`;
  const [amina, baraka] = [await somebody(`amina.${unique}@example.com`), await somebody(`baraka.${unique}@example.com`)];

  await signUp(amina, words.seller);
  await see(amina, 'feed-empty');
  const product = await sell();
  await post();
  await signUp(baraka, 'Baraka Mushi');
  await follow();
  const order = await buy();
  await handOver();
  await introduce();
  const moderator = await somebody('msimamizi@example.com');
  await logIn(moderator);
  await moderate();
  await verify();
  await amina.calm();
  await baraka.calm();
  say(`${name}: everything calm`);

  async function somebody(address) {
    const one = await person(looks);
    one.page.on('dialog', (dialog) => {
      throw new Error(`a page spoke: ${dialog.message()}`);
    });
    return { ...one, address };
  }

  async function signUp(who, displayName) {
    const { page, address } = who;
    await open(page, '/');
    await see(who, 'welcome');
    await page.locator('main a[href="/signup"]').click();
    await see(who, 'signup');
    await send(page, '/signup', { display_name: displayName, contact: address, birth_date: '1994-05-17' });
    await see(who, 'verify');
    await send(page, '/verify', { code: '000000' });
    await page.locator('[role=alert]').waitFor();
    await send(page, '/verify', { code: await code(base, address) });
    await page.waitForURL(/\/feed$/);
    say(`${name}: ${address} is in`);
  }

  async function sell() {
    const { page } = amina;
    await open(page, '/sell');
    await see(amina, 'sell-empty');
    await send(page, '/sell', { name: words.shop, handle: unique.replace(/[^a-z0-9_]/g, '_') });
    await see(amina, 'sell');
    await page.locator('main a[href$="/products/new"]').first().click();
    await attach(page, 1);
    await see(amina, 'product-new');
    const [action] = await page.locator('form:has([name=price])').evaluateAll((forms) => forms.map((form) => form.getAttribute('action')));
    await send(page, action, { name: words.product, description: words.about, price: '12,500', stock: '3' });
    await page.waitForURL(/\/products\/prd_\w+$/);
    await mustSay(page, words.product, words.shop, 'TZS 12,500');
    await see(amina, 'product-seller');
    return new URL(page.url()).pathname;
  }

  /** Chooses a picture, the page's nth; without scripts it goes up by its own button. */
  async function attach(page, nth) {
    const picture = { name: 'dress.png', mimeType: 'image/png', buffer: await painted(45 * nth) };
    await page.locator('form[data-uploads] input[type=file]').setInputFiles(picture);
    if (bare) await page.locator('form[data-uploads] button').click();
    await chosen(page, (ids) => ids.length === nth);
    if (!bare) await page.locator('#chosen li').nth(nth - 1).locator('canvas').waitFor();
  }

  /** Waits until the page's pictures are as they should be. */
  async function chosen(page, isThere) {
    const end = Date.now() + NEWS;
    for (;;) {
      const ids = (await page.locator('#media').inputValue()).split(',').filter((id) => id.startsWith('med_'));
      if (isThere(ids)) return ids;
      if (Date.now() > end) throw new Error(`the pictures are ${ids}`);
      await page.waitForTimeout(GLANCE);
    }
  }

  /** Two pictures: the second is put first, the other one taken out, and what is left described. */
  async function illustrate(page) {
    await attach(page, 1);
    await attach(page, 2);
    const [one, two] = await chosen(page, (ids) => ids.length === 2);
    await page.locator('#chosen li').nth(1).locator('[data-does=first]').click();
    await chosen(page, (ids) => ids[0] === two && ids[1] === one);
    await see(amina, 'compose-pictures');
    await page.locator('#chosen li').nth(1).locator('[data-does=without]').click();
    await chosen(page, (ids) => ids.join() === two);
    await page.locator(`[name="alt-${two}"]`).fill(words.alt);
  }

  async function post() {
    const { page } = amina;
    await page.locator('main a[href^="/compose?product="]').first().click();
    await illustrate(page);
    await see(amina, 'compose');
    await send(page, '/compose', { text: words.post });
    await page.waitForURL(/\/feed$/);
    await mustSay(page, words.post, words.product);
    await pictured(page);
    await see(amina, 'feed');
    say(`${name}: ${product} is posted`);
  }

  /** The feed shows the picture once it is worked on, with its description. */
  async function pictured(page) {
    const picture = page.locator('main .pictures img').first();
    const end = Date.now() + NEWS;
    while (!(await picture.count())) {
      if (Date.now() > end) throw new Error('the post has no picture');
      await page.waitForTimeout(GLANCE);
      await open(page, '/feed');
    }
    const alt = await picture.getAttribute('alt');
    if (alt !== words.alt) throw new Error(`the picture shows ${alt}`);
  }

  async function follow() {
    const { page } = baraka;
    await open(page, product);
    await see(baraka, 'product');
    await page.locator('main a[href^="/users/"], main a[href^="/shops/"]').first().click();
    await see(baraka, 'shop');
    if (!/\/users\//.test(page.url())) await page.locator('main a[href^="/users/"]').first().click();
    await see(baraka, 'profile');
    await page.locator('form[action$="/follow"] button').click();
    await page.locator('form[action$="/unfollow"]').waitFor();
    await until(page, '/feed', (text) => text.includes(words.post));
    await see(baraka, 'feed-following');
  }

  async function buy() {
    const { page } = baraka;
    await page.locator('a.offer').first().click();
    await send(page, `${product}/buy`, { quantity: '1' });
    await page.waitForURL(/\/checkouts\/chk_\w+$/);
    const checkout = new URL(page.url()).pathname;
    await see(baraka, 'checkout');
    await send(page, `${checkout}/address`, { name: 'Baraka', phone: '+255712000001', region: '', district: 'Ilala' }, 'force');
    await page.locator('[aria-invalid]').first().waitFor();
    const address = { name: 'Baraka', phone: '+255712000001', region: 'Dar es Salaam', district: 'Ilala', landmark: words.landmark };
    await send(page, `${checkout}/address`, address);
    await send(page, `${checkout}/pay`, {});
    await page.locator('main a[href^="/wallet/top-up"]').first().click();
    await see(baraka, 'top-up');
    await page.locator('form:has([name=amount]) [name=amount]').fill('20,000');
    await page.locator('form:has([name=amount]) button').click();
    await until(page, '/wallet', (text) => text.includes('TZS 20,000'));
    await see(baraka, 'wallet');
    await open(page, checkout);
    await see(baraka, 'checkout-ready');
    await send(page, `${checkout}/pay`, {});
    await page.waitForURL(/\/orders\/ord_\w+$/);
    await see(baraka, 'order-placed');
    say(`${name}: bought`);
    return new URL(page.url()).pathname;
  }

  async function handOver() {
    await until(amina.page, '/notifications', (text) => text.includes(words.product));
    await see(amina, 'notifications');
    await open(amina.page, '/orders?role=seller');
    await see(amina, 'sales');
    await amina.page.locator(`main a[href="${order}"]`).first().click();
    await send(amina.page, `${order}/accept`, {});
    await see(amina, 'order-accepted');
    await send(amina.page, `${order}/ship`, { carrier: 'Bus', tracking: 'T 123 ABC' });
    await open(baraka.page, order);
    const handover = (await baraka.page.locator('.code').textContent()).trim();
    await see(baraka, 'order-code');
    if (await amina.page.locator('.code').count()) throw new Error('the seller sees the code');
    await send(amina.page, `${order}/deliver`, { handover_code: handover === '111111' ? '222222' : '111111' });
    await amina.page.locator('[role=alert], .wrong').first().waitFor();
    await send(amina.page, `${order}/deliver`, { handover_code: handover });
    await until(amina.page, '/wallet', (text) => text.includes('TZS 11,875'));
    await see(amina, 'wallet-seller');
    await open(baraka.page, order);
    await see(baraka, 'order-done');
    for (const path of ['/orders', '/me', '/sessions']) {
      await open(baraka.page, path);
      await see(baraka, path.slice(1));
    }
    say(`${name}: handed over and paid`);
  }

  /** The seller shows and tells something of herself, and looks at it as others do. */
  async function introduce() {
    const { page } = amina;
    await open(page, '/me/edit');
    await send(page, '/me/edit', { bio: words.post, links: 'duka.co.tz', interests: 'kitenge, street food' });
    await page.waitForURL(/\/me$/);
    for (const path of ['/me/avatar', '/me/cover']) {
      await open(page, path);
      await attach(page, 1);
      await see(amina, path.slice(4));
      await send(page, path, {});
      await page.waitForURL(/\/me$/);
      await shown(page, path);
    }
    for (const path of ['/me', '/me/edit', '/me/privacy', '/me/suggestions', '/me/as/everyone']) {
      await open(page, path);
      await see(amina, `own${path.replaceAll('/', '-')}`);
    }
    await mustSay(page, words.post, 'duka.co.tz', 'street food', words.shop);
    const own = await page.locator('main .actions a[href^="/users/"]').getAttribute('href');
    await open(page, `${own}/trust`);
    await see(amina, 'trust');
    await open(baraka.page, own);
    await see(baraka, 'profile-full');
    say(`${name}: introduced`);
  }

  /** A post is reported, hidden by a moderator, and its author asks for another look. */
  async function moderate() {
    await open(baraka.page, '/feed');
    await baraka.page.locator('#items a[href^="/posts/"]').first().click();
    await baraka.page.locator('main a[href^="/report?thing=post"]').click();
    await see(baraka, 'report');
    await baraka.page.locator('input[value="scam"]').check();
    await send(baraka.page, '/report', { words: words.landmark });
    await baraka.page.waitForURL(/\/me\/cases\/cas_/);
    await see(baraka, 'case-reporter');
    const desk = moderator.page;
    await open(desk, '/moderation');
    await see(moderator, 'queue');
    await desk.locator('#items a[href^="/moderation/"]').first().click();
    const place = new URL(desk.url()).pathname;
    await send(desk, `${place}/take`, {});
    await see(moderator, 'moderate');
    await mustSay(desk, words.landmark);
    await desk.locator('input[value="withheld"]').check();
    await desk.locator('select[name="reason"]').selectOption('scam');
    await send(desk, `${place}/decide`, { statement: words.post, note: words.alt });
    const own = place.replace('/moderation/', '/me/cases/');
    await open(amina.page, '/me/cases');
    await see(amina, 'cases');
    await amina.page.locator(`main a[href="${own}"]`).click();
    await see(amina, 'case-owner');
    await mustSay(amina.page, words.post);
    await send(amina.page, `${own}/appeal`, { words: words.seller });
    await moderator.calm();
    say(`${name}: reported, hidden and appealed`);
  }

  /** The seller hands in a paper, a moderator opens it and gives her the badge that everybody sees. */
  async function verify() {
    const { page } = amina;
    await open(page, '/me');
    await page.locator('main a[href="/me/verification"]').click();
    await see(amina, 'verification');
    await page.locator('main a[href="/me/verification/business"]').click();
    await send(page, '/me/verification/business', { name: words.shop, words: words.about }, 'force');
    await page.locator('[aria-invalid]').first().waitFor();
    await see(amina, 'verify-as');
    await page.locator('#documents').setInputFiles({ name: 'tin.png', mimeType: 'image/png', buffer: await painted(30) });
    await send(page, '/me/verification/business', { name: words.shop });
    await page.waitForURL(/\/me\/petitions\/pet_/);
    await see(amina, 'petition');
    const desk = moderator.page;
    await open(desk, '/moderation/petitions');
    await see(moderator, 'petitions');
    const place = new URL(page.url()).pathname.replace('/me/', '/moderation/');
    await desk.locator(`#items a[href="${place}"]`).click();
    await send(desk, `${place}/take`, {});
    await see(moderator, 'petition-desk');
    await desk.locator('[name="reason"]').first().fill(words.alt);
    const [opened] = await Promise.all([desk.waitForEvent('popup'), desk.locator('form[target] button').click()]);
    await opened.waitForLoadState();
    if (!(await opened.evaluate(() => document.images[0]?.naturalWidth))) throw new Error('the document shows nothing');
    await opened.close();
    await desk.locator('input[value="approved"]').check();
    await send(desk, `${place}/decide`, {});
    await open(page, new URL(page.url()).pathname);
    await see(amina, 'petition-approved');
    await open(page, '/me/trust/review');
    await see(amina, 'trust-review');
    await open(page, '/me');
    await open(baraka.page, await page.locator('main a[href^="/users/"]').first().getAttribute('href'));
    await baraka.page.locator('h1 .verified').waitFor();
    await see(baraka, 'profile-verified');
    await moderator.calm();
    await moderator.leave();
    say(`${name}: verified`);
  }

  /** Logs somebody in who has signed up before, with a code. */
  async function logIn(who) {
    const { page, address } = who;
    // The one they signed up with is no news.
    await code(base, address);
    await open(page, '/login');
    const form = page.locator('main form[action="/login"]');
    await form.locator('[name="identifier"]').fill(address);
    await form.locator('button[formaction="/login/code"]').click();
    await page.locator('[name="code"]').waitFor();
    await send(page, '/verify', { code: await code(base, address) });
    await page.waitForURL(/\/feed$/);
  }

  /** The page of a picture shows it once it is worked on. */
  async function shown(page, path) {
    const end = Date.now() + NEWS;
    do {
      if (Date.now() > end) throw new Error(`${path} shows no picture`);
      await page.waitForTimeout(GLANCE);
      await open(page, path);
    } while (!(await page.locator('main .pictures img').count()));
  }

  async function open(page, path) {
    const answer = await page.goto(base + path);
    if (answer.status() >= 400) throw new Error(`${answer.status()} for ${path}`);
  }

  /** Opens a page again until it tells the news. */
  async function until(page, path, isThere) {
    const end = Date.now() + NEWS;
    for (;;) {
      await open(page, path);
      if (isThere(await page.locator('main').innerText())) return;
      if (Date.now() > end) throw new Error(`${path} doesn't tell it`);
      await page.waitForTimeout(GLANCE);
    }
  }

  /** Fills in the form that goes to `action` and sends it; `force` sends what the browser itself would refuse. */
  async function send(page, action, fields, force) {
    const form = page.locator(`main form[action^="${action}"]:not([data-uploads])`).first();
    for (const [field, value] of Object.entries(fields)) await form.locator(`[name="${field}"]`).fill(value);
    if (force) await form.evaluate((one) => (one.noValidate = true));
    await Promise.all([page.waitForEvent('load'), form.locator('button:not([formaction])').first().click()]);
  }

  /** Pictures of the page by day and by night, and what axe says of both. */
  async function see(who, what) {
    const { page } = who;
    await page.waitForLoadState('networkidle');
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: join(shots, `${name}-${what}-${colorScheme}.png`), fullPage: true });
      await axe(page);
    }
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    if (wide > looks.width) throw new Error(`${what} is ${wide} px wide`);
  }

  async function mustSay(page, ...texts) {
    const seen = await page.locator('main').innerText();
    for (const text of texts.flatMap((text) => text.split('\n'))) {
      if (!seen.includes(text)) throw new Error(`${page.url()} doesn't say ${text}: ${seen}`);
    }
  }
}

/** A picture somebody might take: colours, and nothing of anybody else's. */
async function painted(degrees) {
  const context = await (await browser()).newContext({ viewport: { width: 800, height: 600 } });
  const page = await context.newPage();
  await page.setContent(`<body style="margin:0;height:100vh;background:repeating-linear-gradient(${degrees}deg,#b5472f 0 40px,#e9b44c 40px 80px,#1f6f5c 80px 120px)">`);
  const picture = await page.screenshot();
  await context.close();
  return picture;
}
