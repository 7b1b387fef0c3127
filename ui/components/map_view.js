const CLOSEST = 24;
const GLIDE = 180; // ms

// Where the map is looked at from: points in [-1, 1] to pixels and back, by a scale and a shift.
class View {
  constructor(redraw) {
    this.redraw = redraw;
    this.margin = 0; // px around the outermost points
    this.scale = 1;
    this.shift = [0, 0];
    this.size = [1, 1];
  }

  place([x, y]) {
    return [x, y].map((value, axis) => this.size[axis] / 2 + (value * (this.size[axis] / 2 - this.margin)) * this.scale + this.shift[axis]);
  }

  pan(dx, dy) {
    this.shift = [this.shift[0] + dx, this.shift[1] + dy];
    this.hold();
  }

  // Zoom so that what lies under `at` stays there.
  zoom(factor, at = this.size.map((side) => side / 2)) {
    const scale = Math.min(Math.max(this.scale * factor, 1), CLOSEST);
    const grown = scale / this.scale;
    this.shift = this.shift.map((shift, axis) => (shift + this.size[axis] / 2 - at[axis]) * grown + at[axis] - this.size[axis] / 2);
    this.scale = scale;
    this.hold();
  }

  glide(factor, at) {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return this.zoom(factor, at);
    let done = 1;
    const began = performance.now();
    const step = (now) => {
      const share = Math.min(Math.max((now - began) / GLIDE, 0), 1);
      const wanted = factor ** share;
      this.zoom(wanted / done, at);
      done = wanted;
      if (share < 1) requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }

  whole() {
    this.scale = 1;
    this.shift = [0, 0];
    this.redraw();
  }

  reveal(point) {
    const place = this.place(point);
    const out = place.map((value, axis) => Math.min(Math.max(value, this.margin), this.size[axis] - this.margin) - value);
    if (out[0] || out[1]) this.pan(...out);
  }

  // No more than half the window may show what lies beyond the points.
  hold() {
    this.shift = this.shift.map((shift, axis) => {
      const most = (this.size[axis] / 2) * (this.scale - 1) + (this.scale > 1 ? this.margin : 0);
      return Math.min(Math.max(shift, -most), most);
    });
    this.redraw();
  }
}
