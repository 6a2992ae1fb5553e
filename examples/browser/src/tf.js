// The package, from this repository. In a project of your own the line is
// export * from 'tfjs-cpp';
export * from '../../../web/src/index.js';
