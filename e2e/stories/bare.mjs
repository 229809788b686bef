// The core loop on a phone without JavaScript.
import { journey, PLAIN } from '../journey.mjs';

export default (told) => journey(told, 'bare', { width: 360, javaScript: false }, PLAIN);
