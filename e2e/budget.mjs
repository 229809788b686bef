// What a page weighs on its way to somebody who was never here, and how soon it is painted on a cheap phone.
import { browser, looks } from './browser.mjs';

/** A processor four times slower than this one, and a network of 1.6 Mb/s with 150 ms to anywhere. */
const SLOWER = 4;
const NETWORK = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };

/** Bytes as they were sent, heads included: of the document, of scripts, styles and pictures, and of everything. */
export function weigh(url, wishes) {
  return visit(url, wishes, async (page, session) => {
    const [types, bytes] = [new Map(), { document: 0, script: 0, stylesheet: 0, image: 0, total: 0 }];
    session.on('Network.responseReceived', ({ requestId, type }) => types.set(requestId, type.toLowerCase()));
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const type = types.get(requestId);
      if (type in bytes) bytes[type] += encodedDataLength;
      bytes.total += encodedDataLength;
    });
    await arrive(page, url);
    return bytes;
  });
}

/** When the largest thing was painted (`lcp`, in ms), and how much moved under the reader's eyes (`cls`). */
export function paint(url, wishes) {
  return visit(url, wishes, async (page, session) => {
    await page.addInitScript(observePaint);
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    await session.send('Network.emulateNetworkConditions', NETWORK);
    await arrive(page, url);
    return page.evaluate(() => window.nexgatePaint());
  });
}

/** Runs in the page before its own scripts. */
function observePaint() {
  let [lcp, cls] = [0, 0];
  const see = (type, take) => {
    const observer = new PerformanceObserver((list) => list.getEntries().forEach(take));
    observer.observe({ type, buffered: true });
    return () => observer.takeRecords().forEach(take);
  };
  // All of it, though only the worst five seconds would count: a page that opens has no longer.
  const rest = [
    see('largest-contentful-paint', ({ startTime }) => (lcp = Math.max(lcp, startTime))),
    see('layout-shift', ({ value, hadRecentInput }) => (cls += hadRecentInput ? 0 : value)),
  ];
  window.nexgatePaint = () => {
    rest.forEach((take) => take());
    return { lcp, cls };
  };
}

/** Opens it and waits until it has loaded all it wants. */
async function arrive(page, url) {
  const answer = await page.goto(url, { waitUntil: 'networkidle' });
  if (!answer.ok()) throw new Error(`${answer.status()} for ${url}`);
}

/** Does it on a page with an empty cache; `state` holds the cookies of whoever looks, as Playwright's `storageState` gives them. */
async function visit(url, { state, ...wishes } = {}, look) {
  const context = await (await browser()).newContext({ ...looks(wishes), storageState: state });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    return await look(page, session);
  } finally {
    await context.close();
  }
}
