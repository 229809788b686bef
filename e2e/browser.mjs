// One Chromium for a story, and the people who sit before it.
import { chromium } from 'playwright-core';

const PROGRAM = process.env.NEXGATE_TEST_CHROMIUM ?? '/usr/bin/chromium';
/** Root has no sandbox, and nobody here needs Google. */
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** How long anything on a page may take, in ms. */
const PATIENCE = 15_000;
/** Below this a screen is a phone's, which is touched. */
const PHONE = 600;

let launched;

/** The browser, started at first use on a profile of its own that goes when it ends. */
export function browser() {
  launched ??= chromium.launch({ executablePath: PROGRAM, headless: true, args: ARGS });
  return launched;
}

/** Every page that is open. */
export async function pages() {
  return launched ? (await launched).contexts().flatMap((context) => context.pages()) : [];
}

/** Ends the browser, if there is one. */
export async function close() {
  await (await launched)?.close();
}

/** What a context needs to look like this person's. */
export function looks({ width = 360, scheme = 'light', javaScript = true, locale = 'en' } = {}) {
  const isPhone = width < PHONE;
  const viewport = { width, height: 800 };
  const screen = { viewport, isMobile: isPhone, hasTouch: isPhone, colorScheme: scheme, reducedMotion: 'reduce' };
  return { ...screen, javaScriptEnabled: javaScript, locale };
}

/** Somebody with a page of their own: no cookies, nothing kept. What goes wrong on it is noted. */
export async function person(wishes = {}) {
  const context = await (await browser()).newContext(looks(wishes));
  context.setDefaultTimeout(PATIENCE);
  const noted = [];
  await context.addInitScript(reportViolations);
  context.on('page', (page) => watch(page, (what) => noted.push(what)));
  const page = await context.newPage();
  return {
    page,
    context,
    /** Throws when anything went wrong so far that nobody expected. */
    calm: () => {
      if (noted.length) throw new Error(`on ${page.url()}:\n  ${noted.join('\n  ')}`);
    },
    /** Takes back what went wrong as expected; throws when it didn't. */
    forgive: (pattern) => {
      const left = noted.filter((what) => !pattern.test(what));
      if (left.length === noted.length) throw new Error(`nothing like ${pattern} went wrong on ${page.url()}`);
      noted.splice(0, noted.length, ...left);
    },
    leave: () => context.close(),
  };
}

/** Runs in every page before its own scripts. */
function reportViolations() {
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) => {
    console.error(`securitypolicyviolation: ${effectiveDirective} ${blockedURI} ${sample}`);
  });
}

function watch(page, note) {
  page.on('console', (message) => {
    const isTrouble = ['error', 'warning'].includes(message.type());
    // An answer of 400 and more is noted below, with its address.
    const isAnswer = message.text().startsWith('Failed to load resource');
    // The browser's own page around a picture would zoom by a script.
    const isViewer = message.text().startsWith('Blocked script execution') && /\/documents\/\d\/open$/.test(message.location().url);
    if (isTrouble && !isAnswer && !isViewer) note(`console ${message.type()}: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => note(`script: ${error.stack ?? error}`));
  page.on('response', (response) => {
    const request = response.request();
    // A page may say no; what it is made of may not.
    if (response.status() < 400 || request.isNavigationRequest()) return;
    note(`${response.status()} for ${request.method()} ${response.url()}`);
  });
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText;
    // Whoever leaves a page gives up what it still loaded.
    if (why !== 'net::ERR_ABORTED') note(`${why} for ${request.method()} ${request.url()}`);
  });
}
