// Puts the parts of the page together. Each knows its own section; what they share is the model
// that is open (opened.js), what is under way (job.js) and the list of stored models
// (stored_models.js).

import { startBuilding } from './build.js';
import { showLayers } from './layers_view.js';
import { startPlaces } from './places.js';
import { startSaving } from './saving.js';
import { openDigits, startSources } from './sources.js';
import { startStoredView } from './stored_view.js';
import { startTrying } from './trying.js';

showLayers();
startTrying();
startBuilding();
startSources();
await startPlaces();
startSaving();
startStoredView();
await openDigits({ isQuiet: true });
