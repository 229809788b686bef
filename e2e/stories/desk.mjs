// The core loop on a desk, in Swahili, among people who type markup into everything.
import { journey, HOSTILE } from '../journey.mjs';

export default (told) => journey(told, 'desk', { width: 1280, locale: 'sw' }, HOSTILE);
