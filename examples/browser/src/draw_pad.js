// A pad to draw on with mouse, finger, pen or keys. What is drawn is kept as strokes, lists of
// points [x, y] from 0 to 1, which picture.js makes an image of.

const penWidth = 0.055; // of the pad
const keyStep = 0.03;
const closest = 0.004; // points nearer to each other are one
const ink = '#16181c';
const pointer = '#1d5fc4';

export class DrawPad {
  #canvas;
  #context;
  #onChange;
  #strokes = [];
  #drawing = null; // id of the pointer that draws
  #pen = null; // where the keyboard's pen is
  #penIsDown = false;
  #isDue = false;

  /** @param {(strokes: number[][][]) => void} onChange once a frame while something changes */
  constructor(canvas, onChange) {
    this.#canvas = canvas;
    this.#context = canvas.getContext('2d');
    this.#onChange = onChange;
    canvas.addEventListener('pointerdown', (event) => this.#down(event));
    canvas.addEventListener('pointermove', (event) => this.#move(event));
    canvas.addEventListener('pointerup', (event) => this.#up(event));
    canvas.addEventListener('pointercancel', (event) => this.#up(event));
    canvas.addEventListener('keydown', (event) => this.#key(event));
    canvas.addEventListener('blur', () => {
      this.#pen = null;
      this.#paint();
    });
  }

  get strokes() {
    return this.#strokes;
  }
  /** Replaces what is drawn. */
  set strokes(strokes) {
    this.#strokes = strokes;
    this.#drawing = null;
    this.#penIsDown = false;
    this.#changed();
  }

  #pointOf(event) {
    const { left, top, width, height } = this.#canvas.getBoundingClientRect();
    return [(event.clientX - left) / width, (event.clientY - top) / height];
  }

  #down(event) {
    if (this.#drawing !== null || event.button !== 0) return;
    this.#canvas.setPointerCapture(event.pointerId);
    this.#drawing = event.pointerId;
    this.#pen = null;
    this.#strokes.push([this.#pointOf(event)]);
    this.#changed();
  }

  #move(event) {
    if (event.pointerId !== this.#drawing) return;
    // A browser gives one event a frame; the points between make the line round.
    const events = event.getCoalescedEvents?.() ?? [];
    for (const each of events.length > 0 ? events : [event]) this.#lineTo(this.#pointOf(each));
    this.#changed();
  }

  #up(event) {
    if (event.pointerId === this.#drawing) this.#drawing = null;
  }

  #lineTo(point) {
    const stroke = this.#strokes.at(-1);
    const last = stroke.at(-1);
    if (Math.hypot(point[0] - last[0], point[1] - last[1]) >= closest) stroke.push(point);
  }

  #key(event) {
    const step = {
      ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
    }[event.key];
    if (event.key === 'Delete' || event.key === 'Backspace') this.strokes = [];
    else if (step) this.#walk(step, event.shiftKey);
    else return;
    event.preventDefault();
  }

  #walk(step, isDown) {
    const from = this.#pen ?? [0.5, 0.2];
    this.#pen = from.map((at, axis) => Math.min(1, Math.max(0, at + keyStep * step[axis])));
    if (isDown) {
      if (!this.#penIsDown) this.#strokes.push([from]);
      this.#lineTo(this.#pen);
    }
    this.#penIsDown = isDown;
    this.#changed();
  }

  #changed() {
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => {
      this.#isDue = false;
      this.#paint();
      this.#onChange(this.#strokes);
    });
  }

  #paint() {
    const context = this.#context;
    const { width } = this.#canvas;
    context.clearRect(0, 0, width, width);
    Object.assign(context, { lineWidth: penWidth * width, lineCap: 'round', lineJoin: 'round' });
    context.strokeStyle = ink;
    for (const stroke of this.#strokes) {
      context.beginPath();
      context.moveTo(stroke[0][0] * width, stroke[0][1] * width);
      for (const [x, y] of stroke) context.lineTo(x * width, y * width);
      context.stroke();
    }
    if (this.#pen === null) return;
    context.beginPath();
    context.arc(this.#pen[0] * width, this.#pen[1] * width, penWidth * width * 0.6, 0, 2 * Math.PI);
    Object.assign(context, { lineWidth: 3, strokeStyle: pointer });
    context.stroke();
  }
}
