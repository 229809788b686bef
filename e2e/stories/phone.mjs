// The core loop on a phone.
import { journey, PLAIN } from '../journey.mjs';

export default (told) => journey(told, 'phone', { width: 360 }, PLAIN);
