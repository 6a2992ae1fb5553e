// The model that is open: what the other parts show, run and save. A 'change' event follows when it
// becomes another.

class Opened extends EventTarget {
  model = null;
  /** What a save proposes as its name. */
  name = '';
  /** Where it came from, for people. */
  from = '';

  set(model, { name, from }) {
    Object.assign(this, { model, name, from });
    this.dispatchEvent(new Event('change'));
  }

  /** Calls `listener` at each change. */
  whenChanged(listener) {
    this.addEventListener('change', listener);
  }
}

export const opened = new Opened();
