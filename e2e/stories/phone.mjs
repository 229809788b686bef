// The core loop on a phone, by day.
import { journey, PLAIN } from '../journey.mjs';

export default (told) => journey(told, 'phone', { width: 360, scheme: 'light' }, PLAIN);
