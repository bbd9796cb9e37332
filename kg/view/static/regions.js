'use strict';

/** Soft grounds behind the picture that show which entities belong together: each point takes the tint of the nearest entity's community. */
const Regions = (() => {
  const CELL = 6;
  /** How far the ground of an entity reaches: nearly to its neighbours, within bounds. */
  const REACH = { least: 66, most: 130, part: 0.85 };
  const SMALLEST = 4;
  const MOST = 700;
  const CLEAR = 0.5;
  const HUES = [212, 150, 32, 280, 345, 185, 60, 250, 105, 10];
  let image = null;
  let frame = null;
  let reach = REACH.least;

  /** Makes the grounds for these entities. */
  function find(ids) {
    image = null;
    if (ids.length < 24 || ids.length > MOST) return;
    const sizes = new Map();
    for (const id of ids) sizes.set(Model.nodes[id].community, (sizes.get(Model.nodes[id].community) || 0) + 1);
    const tinted = ids.filter(
      (id) => Model.nodes[id].community !== null && sizes.get(Model.nodes[id].community) >= SMALLEST,
    );
    if (sizes.size < 2 || !tinted.length) return;
    const places = ids.map((id) => ({
      ...Picture.placeOf(id),
      community: sizes.get(Model.nodes[id].community) >= SMALLEST ? Model.nodes[id].community : null,
    }));
    const near = nearestOthers(places);
    const own = near.filter(({ same }) => same).length / places.length;
    const usual = near.map(({ distance }) => distance).sort((a, b) => a - b)[near.length >> 1];
    reach = Math.max(REACH.least, Math.min(REACH.most, REACH.part * usual));
    // Where communities are mixed, grounds would show nothing.
    if (own >= CLEAR) paint(places);
  }

  /** For each place how far its nearest neighbour is, and whether that is of the same community. */
  function nearestOthers(places) {
    return places.map((place) => {
      let [least, nearest] = [Infinity, null];
      for (const other of places) {
        const distance = (other.x - place.x) ** 2 + (other.y - place.y) ** 2;
        if (other !== place && distance < least) [least, nearest] = [distance, other];
      }
      return { distance: Math.sqrt(least), same: nearest !== null && nearest.community === place.community };
    });
  }

  function paint(places) {
    const [xs, ys] = [places.map((place) => place.x), places.map((place) => place.y)];
    frame = { left: Math.min(...xs) - reach, top: Math.min(...ys) - reach };
    const columns = Math.ceil((Math.max(...xs) + reach - frame.left) / CELL);
    const rows = Math.ceil((Math.max(...ys) + reach - frame.top) / CELL);
    if (columns * rows > 6e5) return;
    const owner = nearest(places, columns, rows);
    image = Dom.make('canvas', { width: columns, height: rows });
    const context = image.getContext('2d');
    const pixels = context.createImageData(columns, rows);
    const tints = new Map();
    for (let cell = 0; cell < owner.length; cell += 1) {
      const community = owner[cell] < 0 ? null : places[owner[cell]].community;
      if (community === null) continue;
      if (!tints.has(community)) tints.set(community, tint(community));
      pixels.data.set(tints.get(community), cell * 4);
    }
    context.putImageData(pixels, 0, 0);
  }

  /** For each cell the nearest place within reach, -1 for none. */
  function nearest(places, columns, rows) {
    const owner = new Int32Array(columns * rows).fill(-1);
    const best = new Float32Array(columns * rows).fill(reach * reach);
    const span = Math.ceil(reach / CELL);
    places.forEach((place, number) => {
      const [column, row] = [Math.round((place.x - frame.left) / CELL), Math.round((place.y - frame.top) / CELL)];
      for (let y = Math.max(0, row - span); y <= Math.min(rows - 1, row + span); y += 1) {
        for (let x = Math.max(0, column - span); x <= Math.min(columns - 1, column + span); x += 1) {
          const distance =
            (frame.left + (x + 0.5) * CELL - place.x) ** 2 + (frame.top + (y + 0.5) * CELL - place.y) ** 2;
          if (distance < best[y * columns + x]) {
            best[y * columns + x] = distance;
            owner[y * columns + x] = number;
          }
        }
      }
    });
    return owner;
  }

  /** A community's tint: red, green, blue, alpha. */
  function tint(community) {
    const { dark } = Look.colours();
    const [hue, saturation, lightness] = [HUES[community % HUES.length], 0.55, dark ? 0.6 : 0.5];
    const channel = (n) => {
      const k = (n + hue / 30) % 12;
      return Math.round(
        255 * (lightness - saturation * Math.min(lightness, 1 - lightness) * Math.max(-1, Math.min(k - 3, 9 - k, 1))),
      );
    };
    return [channel(0), channel(8), channel(4), dark ? 26 : 20];
  }

  /** Draws the grounds, paler where something else is meant. */
  function draw(context, strength) {
    if (!image) return;
    context.save();
    context.globalAlpha = strength;
    context.imageSmoothingEnabled = true;
    context.drawImage(image, frame.left, frame.top, image.width * CELL, image.height * CELL);
    context.restore();
  }

  return Object.freeze({ find, draw });
})();
