// Stock TensorFlow.js saves to and loads from a folder through these handlers (what tfjs-node's file:// does, without
// its native add-on).
import fs from 'node:fs';
import path from 'node:path';

export function saveHandler(folder) {
  return {
    async save(artifacts) {
      const pieces = Array.isArray(artifacts.weightData) ? artifacts.weightData : [artifacts.weightData];
      const {modelTopology, format, generatedBy, convertedBy} = artifacts;
      const weightsManifest = [{paths: ['./model.weights.bin'], weights: artifacts.weightSpecs}];
      fs.writeFileSync(path.join(folder, 'model.json'),
                       JSON.stringify({modelTopology, format, generatedBy, convertedBy, weightsManifest}));
      const file = fs.openSync(path.join(folder, 'model.weights.bin'), 'w');
      for (const piece of pieces) fs.writeSync(file, new Uint8Array(piece));
      fs.closeSync(file);
      return {modelArtifactsInfo: {dateSaved: new Date(), modelTopologyType: 'JSON'}};
    },
  };
}

export function loadHandler(folder) {
  return {
    async load() {
      const json = JSON.parse(fs.readFileSync(path.join(folder, 'model.json'), 'utf8'));
      const bytes = fs.readFileSync(path.join(folder, 'model.weights.bin'));
      const weightData = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
      return {modelTopology: json.modelTopology, weightSpecs: json.weightsManifest[0].weights, weightData};
    },
  };
}
