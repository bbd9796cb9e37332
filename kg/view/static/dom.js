'use strict';

/** Building the page. Text of articles enters it as text nodes only, addresses through `link` only. */
const Dom = (() => {
  const byId = (id) => document.getElementById(id);

  /**
   * An element. `attributes` are set as attributes, but for `class`, `text`, and `on` (listeners by event name).
   * Children that are strings become text; null and false are skipped.
   */
  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) set(element, name, value);
    append(element, children);
    return element;
  }

  function set(element, name, value) {
    if (value === null || value === undefined || value === false) return;
    if (name === 'text') element.textContent = value;
    else if (name === 'on')
      for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    else if (name === 'class') element.className = value;
    else if (/^on|^href$|^src|^style$/i.test(name)) throw new Error(`attribute ${name} is not for make()`);
    else element.setAttribute(name, value === true ? '' : String(value));
  }

  function append(element, children) {
    for (const child of children.flat(Infinity)) {
      if (child === null || child === undefined || child === false) continue;
      element.append(typeof child === 'object' ? child : document.createTextNode(String(child)));
    }
    return element;
  }

  function fill(element, ...children) {
    element.replaceChildren();
    return append(element, children);
  }

  /** An icon of the page's own sprite. */
  function icon(name) {
    const svg = vector('svg', { 'aria-hidden': 'true', focusable: 'false' });
    svg.append(vector('use', { href: `#i-${name}` }));
    return svg;
  }

  /** An SVG element; its attributes are ours, never an article's. */
  function vector(tag, attributes = {}) {
    const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
    return element;
  }

  function button(text, onClick, attributes = {}) {
    const { icon: name, ...rest } = attributes;
    return make(
      'button',
      { type: 'button', on: { click: onClick }, ...rest },
      name && icon(name),
      text && make('span', { text }),
    );
  }

  /** The address if it is http(s), else null. */
  function webAddress(text) {
    try {
      const url = new URL(text);
      return (url.protocol === 'http:' || url.protocol === 'https:') && !url.username && !url.password
        ? url.href
        : null;
    } catch {
      return null;
    }
  }

  /** A link that leaves the page, or the bare text if the address is no http(s) one. */
  function link(address, text, attributes = {}) {
    const safe = webAddress(address);
    if (!safe) return make('span', { text });
    const anchor = make('a', { target: '_blank', rel: 'noopener noreferrer', ...attributes }, text, icon('out'));
    anchor.href = safe;
    return anchor;
  }

  let waiting = 0;
  /** Says something in passing. */
  function toast(text) {
    const box = byId('toast');
    box.textContent = text;
    box.hidden = false;
    announce(text);
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      box.hidden = true;
    }, 2600);
  }

  /** Says something to screen readers. */
  const announce = (text) => {
    byId('announce').textContent = text;
  };

  const format = new Intl.NumberFormat('en');
  const number = (value) => format.format(value);
  const count = (value, one, many) => `${number(value)} ${value === 1 ? one : many}`;

  return Object.freeze({
    byId,
    make,
    fill,
    append,
    icon,
    vector,
    button,
    link,
    webAddress,
    toast,
    announce,
    number,
    count,
  });
})();
