// The package, from this repository. In a project of your own this line is: export * from 'tfjs-cpp'
export * from '../../../web/src/index.js';
