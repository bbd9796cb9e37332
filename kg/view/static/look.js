'use strict';

/** Colours, glyphs and line styles. Colours of the page itself are in page.css; the canvas reads those from there. */
const Look = (() => {
  /** Glyphs are drawn in white in a box of 24 by 24. */
  const TYPES = new Map([
    [
      'Person',
      {
        light: '#2f6fd0',
        dark: '#6aa3f5',
        many: 'People',
        glyph: 'M12 4.5a3.8 3.8 0 1 1 0 7.6a3.8 3.8 0 1 1 0-7.6zM5 19.5c0-4 3-6.2 7-6.2s7 2.2 7 6.2z',
      },
    ],
    [
      'Organization',
      {
        light: '#7a4fc0',
        dark: '#a98be8',
        many: 'Organizations',
        glyph: 'M12 3.5 20 8v1.5H4V8zM5.5 11h2.6v6H5.5zM10.7 11h2.6v6h-2.6zM15.9 11h2.6v6h-2.6zM4 18.3h16v2.2H4z',
      },
    ],
    [
      'Country',
      {
        light: '#0b7d61',
        dark: '#3dbd9a',
        many: 'Countries',
        glyph: 'M6 3.5h1.8V5c3-1.6 5.6 1.3 10.7-.4v8.6c-5.1 1.7-7.7-1.2-10.7.4v7H6z',
      },
    ],
    [
      'Place',
      {
        light: '#647a12',
        dark: '#a9bf4a',
        many: 'Places',
        glyph:
          'M12 3.5a6.2 6.2 0 0 1 6.2 6.2c0 4.5-6.2 10.8-6.2 10.8S5.8 14.2 5.8 9.7A6.2 6.2 0 0 1 12 3.5zm0 4a2.3 2.3 0 1 0 0 4.6a2.3 2.3 0 1 0 0-4.6z',
      },
    ],
    [
      'Group',
      {
        light: '#b3590c',
        dark: '#eb9a4f',
        many: 'Groups',
        glyph:
          'M8.5 6a2.8 2.8 0 1 1 0 5.6a2.8 2.8 0 1 1 0-5.6zM16.2 7.2a2.3 2.3 0 1 1 0 4.6a2.3 2.3 0 1 1 0-4.6zM3 18.5c0-3.6 2.4-5.6 5.5-5.6s5.5 2 5.5 5.6zM15.3 18.5c0-2.2-.6-4-1.7-5.2c3.7-1.3 7.4.8 7.4 5.2z',
      },
    ],
    [
      'Item',
      {
        light: '#5c6675',
        dark: '#9aa6b8',
        many: 'Things',
        glyph: 'M12 3.5l7.5 3.8v9.4L12 20.5l-7.5-3.8V7.3zM12 5.8L7.7 8l4.3 2.2L16.3 8z',
      },
    ],
    [
      'Event',
      {
        light: '#b02f82',
        dark: '#e583bf',
        many: 'Events',
        glyph: 'M7 3.5h2V5h6V3.5h2V5h2.5v15.5h-15V5H7zM6.5 9.5v9h11v-9zM8.5 11.5h3v3h-3z',
      },
    ],
    [
      'Agreement',
      {
        light: '#0f7c93',
        dark: '#4fc0d8',
        many: 'Agreements',
        glyph: 'M6 3.5h8.5L18.5 7.5v13H6zM8.5 10v1.5h7V10zM8.5 13v1.5h7V13zM8.5 16v1.5h4.5V16z',
      },
    ],
  ]);
  const OTHER = { light: '#5c6675', dark: '#9aa6b8', many: 'Others', glyph: 'M12 7a5 5 0 1 1 0 10a5 5 0 1 1 0-10z' };
  const paths = new Map();

  const STATUS = new Map([
    [
      'asserted',
      { label: 'Asserted', hint: 'told as a fact by an article, or by two independent speakers', dashes: false },
    ],
    ['claimed', { label: 'Claimed', hint: 'what a speaker says', dashes: [9, 6] }],
    ['possible', { label: 'Possible', hint: 'may, could, if', dashes: [2, 5] }],
    ['planned', { label: 'Planned', hint: 'will, plans to', dashes: [2, 5] }],
    ['wanted', { label: 'Wanted', hint: 'wants, hopes, asks', dashes: [2, 5] }],
    ['negated', { label: 'Denied', hint: 'not so, or denied', dashes: false }],
  ]);

  let palette = null;
  /** The colours of the present theme. */
  function colours() {
    if (palette) return palette;
    const style = getComputedStyle(document.documentElement);
    const read = (name) => style.getPropertyValue(`--${name}`).trim();
    palette = {
      dark: read('scheme') === 'dark',
      ground: read('canvas'),
      text: read('ink'),
      quiet: read('quiet'),
      accent: read('accent'),
      neutral: read('edge-neutral'),
      friendly: read('edge-friendly'),
      hostile: read('edge-hostile'),
      negated: read('edge-negated'),
      glyph: read('glyph'),
    };
    return palette;
  }

  const repaint = () => {
    palette = null;
  };
  const typeOf = (name) => TYPES.get(name) || OTHER;
  const typeColour = (name) => typeOf(name)[colours().dark ? 'dark' : 'light'];

  function glyph(name) {
    if (!paths.has(name)) paths.set(name, new Path2D(typeOf(name).glyph));
    return paths.get(name);
  }

  /** The name of an edge's colour. */
  const edgeTone = (item) =>
    item.status === 'negated' ? 'negated' : Model.familyOf(Model.relations.get(item.relation).family).tone;
  const edgeWidth = (item) =>
    Math.min(5.5, 1.3 + 1.1 * Math.log2(Math.max(1, item.sources)) + 0.25 * Math.log2(item.statements.length));

  /** A type's sign for the page, as an SVG element. */
  function badge(type) {
    const svg = Dom.vector('svg', { viewBox: '0 0 24 24', class: 'badge', 'aria-hidden': 'true' });
    svg.append(Dom.vector('circle', { cx: 12, cy: 12, r: 12, fill: typeColour(type) }));
    svg.append(
      Dom.vector('path', {
        d: typeOf(type).glyph,
        fill: colours().glyph,
        'fill-rule': 'evenodd',
        transform: 'translate(4.2 4.2) scale(.65)',
      }),
    );
    return svg;
  }

  /** A status as the line that stands for it. */
  function line(status) {
    const { dashes } = STATUS.get(status);
    const svg = Dom.vector('svg', { viewBox: '0 0 30 10', class: 'line', 'aria-hidden': 'true' });
    const colour = status === 'negated' ? colours().negated : colours().text;
    svg.append(
      Dom.vector('path', {
        d: 'M1 5h28',
        stroke: colour,
        'stroke-width': 2,
        'stroke-dasharray': dashes ? dashes.map((d) => d * 0.7).join(' ') : 'none',
      }),
    );
    return svg;
  }

  return Object.freeze({
    TYPES,
    STATUS,
    colours,
    repaint,
    typeOf,
    typeColour,
    glyph,
    edgeTone,
    edgeWidth,
    badge,
    line,
  });
})();
