// What axe-core says of a page: WCAG as far as a program can tell.
import axeCore from 'axe-core';

const REFUSED = ['serious', 'critical'];
/** WCAG 2.2 wants it, and axe leaves it out unless it is asked. */
const RULES = { 'target-size': { enabled: true } };

/** Throws when the page has a barrier that is serious or worse. */
export async function axe(page) {
  await page.evaluate(keepTime);
  // By the debugger, whom no Content-Security-Policy binds.
  await page.evaluate(axeCore.source);
  const { violations } = await page.evaluate((rules) => window.axe.run(document, { rules, resultTypes: ['violations'] }), RULES);
  const refused = violations.filter(({ impact }) => REFUSED.includes(impact));
  if (refused.length) throw new Error(`axe on ${page.url()}:\n${refused.map(told).join('\n')}`);
}

/** Where scripting is off no timer ends, and axe waits for some of nothing. Those that bound its patience may stay away. */
function keepTime() {
  if (!matchMedia('(scripting: none)').matches) return;
  window.setTimeout = (act, delay) => {
    if (!delay) Promise.resolve().then(act);
    return 0;
  };
}

function told({ id, impact, help, nodes }) {
  const places = nodes.map(({ target, html, any }) => {
    const why = any.map(({ message }) => `\n    ${message}`).join('');
    return `  ${target.join(' ')}\n    ${html}${why}`;
  });
  return `${id} (${impact}): ${help}\n${places.join('\n')}`;
}
