// Bundles src/ into dist/, each text beside its .br and .gz. A file that would stay the same isn't written, so that Cargo
// compiles nothing again for it.
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/** What the JavaScript of a page may weigh on its way, in bytes. */
const BUDGET = 20 * 1024;
/** Cheap phones don't get newer browsers. */
const TARGET = 'chrome80';

const here = (path) => new URL(path, import.meta.url);
const brotli = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });

const ours = {
  name: 'ours',
  setup({ onLoad, onResolve }) {
    // As its authors minified it, htmx weighs a kilobyte less than what esbuild makes of their module.
    onLoad({ filter: /[\\/]htmx\.esm\.js$/ }, async ({ path }) => {
      const script = await readFile(path.replace(/esm\.js$/, 'min.js'), 'utf8');
      return { contents: `${script}\nexport default htmx;`, loader: 'js' };
    });
    // What a style names by its address is served, not bundled.
    onResolve({ filter: /^\// }, ({ kind }) => (kind === 'url-token' ? { external: true } : undefined));
  },
};

async function bundled() {
  const { outputFiles, warnings } = await build({
    entryPoints: ['src/app.ts', 'src/app.css'],
    absWorkingDir: fileURLToPath(here('.')),
    outdir: 'dist',
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: TARGET,
    logLevel: 'warning',
    plugins: [ours],
  });
  if (warnings.length) throw new Error(`${warnings.length} to put right`);
  return outputFiles.map(({ path, contents }) => [path.split('/').at(-1), Buffer.from(contents)]);
}

async function pictures() {
  const names = (await readdir(here('src/'))).filter((name) => /\.(svg|png)$/.test(name));
  return Promise.all(names.map(async (name) => [name, await readFile(here(`src/${name}`))]));
}

/** Every file of dist/, by name. */
async function made() {
  const files = new Map([...(await bundled()), ...(await pictures())]);
  for (const [name, bytes] of [...files]) {
    if (!/\.(js|css|svg)$/.test(name)) continue;
    files.set(`${name}.br`, brotli(bytes)).set(`${name}.gz`, gzipSync(bytes, { level: 9 }));
  }
  return files;
}

/** Makes dist/ hold these files and nothing else. */
async function write(files) {
  await mkdir(here('dist/'), { recursive: true });
  const others = (await readdir(here('dist/'))).filter((name) => !files.has(name));
  await Promise.all(others.map((name) => rm(here(`dist/${name}`), { recursive: true })));
  for (const [name, bytes] of files) {
    const before = await readFile(here(`dist/${name}`)).catch(() => undefined);
    if (!before?.equals(bytes)) await writeFile(here(`dist/${name}`), bytes);
  }
}

try {
  const files = await made();
  const weight = (name) => files.get(`${name}.br`).length;
  if (weight('app.js') > BUDGET) throw new Error(`app.js weighs ${weight('app.js')} bytes, more than ${BUDGET}`);
  await write(files);
  console.log(`app.js ${weight('app.js')} bytes of ${BUDGET}, app.css ${weight('app.css')}`);
} catch (error) {
  // esbuild has shown its own.
  if (!error.errors) console.error(`build.mjs: ${error.message}`);
  process.exitCode = 1;
}
