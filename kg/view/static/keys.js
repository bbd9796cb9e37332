'use strict';

/** What keys do, on the page and in the picture. */
const Keys = (() => {
  let now = null;
  let shown = null;
  let go = null;

  const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  function pressed(event) {
    const typing = event.target.closest('input, textarea, select, dialog');
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') escape();
    else if (typing) return;
    else if (event.key === '/') {
      event.preventDefault();
      Dom.byId('search').focus();
    } else if (event.key === '?') Dom.byId('help-dialog').showModal();
    else if (event.key === 't') go({ table: true });
    else if (event.key === 'g') go({ table: false });
    else if (!now().table && Picture.hasFocus()) pressedInPicture(event);
  }

  function pressedInPicture(event) {
    const step = DIRECTIONS[event.key];
    if (step) {
      event.preventDefault();
      stepTo(step);
    } else if (event.key === '+' || event.key === '=') Picture.zoom(1.3);
    else if (event.key === '-') Picture.zoom(1 / 1.3);
    else if (event.key === '0') Picture.fit();
    else if (event.key === 'Enter' && now().node !== null)
      go({ focus: now().focus === now().node ? null : now().node, hops: 1 });
  }

  function stepTo([dx, dy]) {
    const from = now().node !== null && shown().nodes.has(now().node) ? now().node : null;
    const next = from === null ? Math.min(...shown().nodes) : Picture.next(from, dx, dy);
    if (next === null || !Number.isFinite(next)) return;
    go({ node: next }, { push: false });
    Dom.announce(
      `${Model.label(next)}, ${Model.nodes[next].type}, ${Dom.count((shown().around.get(next) || []).length, 'line', 'lines')}`,
    );
  }

  function escape() {
    if (Dom.byId('help-dialog').open) return;
    if (!Dom.byId('save-menu').hidden) Frame.toggleMenu(false);
    else if (Frame.drawerOpen()) Frame.toggleFilters(false);
    else if (now().node !== null || now().edge !== null || now().path !== null)
      go({ node: null, edge: null, path: null });
    else if (now().focus !== null) go({ focus: null });
  }

  /** Listens to keys. `state` and `view` give the present ones, `change` changes the state. */
  function listen(state, view, change) {
    [now, shown, go] = [state, view, change];
    document.addEventListener('keydown', pressed);
  }

  return Object.freeze({ listen });
})();
