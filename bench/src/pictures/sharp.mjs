// Makes the variants of a picture with sharp, as often and as many at once as each line of standard input says.
import { readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import sharp from "sharp";

// Every picture is new, and each is one thread's work, as it is ours.
sharp.cache(false);
sharp.concurrency(1);

const sides = { large: 1920, medium: 960, small: 480, thumb: 160 };
const within = (side) => ({ width: side, height: side, fit: "inside", withoutEnlargement: true });

async function each(bytes) {
  const variants = {};
  for (const [name, side] of Object.entries(sides)) {
    const shrunk = sharp(bytes).autoOrient().resize(within(side));
    variants[`${name}.webp`] = await shrunk.clone().webp().toBuffer();
    variants[`${name}.jpeg`] = await shrunk.clone().jpeg().toBuffer();
  }
  return variants;
}

async function once(bytes) {
  const variants = {};
  let source = sharp(bytes).autoOrient();
  for (const [name, side] of Object.entries(sides)) {
    const { data, info } = await source.resize(within(side)).raw().toBuffer({ resolveWithObject: true });
    const raw = { raw: { width: info.width, height: info.height, channels: info.channels } };
    variants[`${name}.webp`] = await sharp(data, raw).webp().toBuffer();
    variants[`${name}.jpeg`] = await sharp(data, raw).jpeg().toBuffer();
    source = sharp(data, raw);
  }
  return variants;
}

for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line);
  const bytes = readFileSync(order.path);
  const make = order.once ? once : each;
  let left = order.many;
  let variants = {};
  const caller = async () => {
    while (left-- > 0) variants = await make(bytes);
  };
  const [cpu, begun] = [process.cpuUsage(), process.hrtime.bigint()];
  await Promise.all(Array.from({ length: order.atOnce }, caller));
  const wall = Number(process.hrtime.bigint() - begun) / 1e9;
  const { user, system } = process.cpuUsage(cpu);
  if (order.keep) {
    for (const [name, data] of Object.entries(variants)) writeFileSync(`${order.keep}/${name}`, data);
  }
  console.log(JSON.stringify({ wall, cpu: (user + system) / 1e6 }));
}
