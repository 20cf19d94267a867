// Has Mermaid's own parser read files: node parse.mjs FILE...
// Needs the packages mermaid and jsdom of npm, see scripts/pictures.
import fs from 'node:fs';
import { JSDOM } from 'jsdom';

// Mermaid wants a browser's document, if only to parse.
globalThis.window = new JSDOM('').window;
globalThis.document = globalThis.window.document;
const { default: mermaid } = await import('mermaid');

const files = process.argv.slice(2);
let failed = 0;
for (const file of files) {
  try {
    await mermaid.parse(fs.readFileSync(file, 'utf8'));
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${file}\n${error.message}`);
  }
}
console.log(`${files.length - failed} passed, ${failed} failed`);
process.exit(files.length > 0 && failed === 0 ? 0 : 1);
