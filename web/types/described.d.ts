// Initializers, regularizers and constraints as configs of layers take them.

/** A class and the config it is made from. */
export interface Described {
  readonly className: string;
  readonly config: { [key: string]: any };
  getClassName(): string;
  getConfig(): { [key: string]: any };
}
