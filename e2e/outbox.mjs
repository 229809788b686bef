// The codes that a development node sends, read where it shows them.
import { setTimeout as pause } from 'node:timers/promises';

const PATIENCE = 10_000;
const GLANCE = 100;
const given = new Set();

/** The newest code sent to an address, as soon as it is there. Each is given once, so that the next call waits for the next. */
export async function code(base, to) {
  const until = Date.now() + PATIENCE;
  for (;;) {
    const sent = (await read(base, to)).find(({ data }) => data.code);
    const name = sent && `${sent.to} ${sent.at} ${sent.data.code}`;
    if (sent && !given.has(name)) {
      given.add(name);
      return sent.data.code;
    }
    if (Date.now() > until) throw new Error(`no new code was sent to ${to}`);
    await pause(GLANCE);
  }
}

async function read(base, to) {
  const answer = await fetch(`${base}/dev/outbox?to=${encodeURIComponent(to)}`, { headers: { accept: 'application/json' } });
  if (!answer.ok) throw new Error(`the outbox says ${answer.status}`);
  return (await answer.json()).items;
}
