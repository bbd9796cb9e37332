'use strict';

/** Statements with the sentence that says so. */
const Evidence = (() => {
  const SLOTS = new Map([
    ['subject', 'who'],
    ['object', 'whom'],
    ['theme', 'what'],
    ['place', 'where'],
    ['time', 'when'],
    ['speaker', 'who says so'],
    ['trigger', 'the word that says it'],
    ['negation', 'not'],
    ['modality', 'how sure'],
  ]);
  const FEW = 12;

  /** The sentence with the words that filled the slots marked. Offsets are code points; of marks within marks the innermost shows. */
  function sentence(s) {
    const letters = Array.from(s.text);
    const owner = new Array(letters.length).fill(null);
    for (const slot of [...s.slots].sort((a, b) => b[2] - b[1] - (a[2] - a[1]))) owner.fill(slot, slot[1], slot[2]);
    const parts = [];
    for (let start = 0; start < letters.length;) {
      let end = start + 1;
      while (end < letters.length && owner[end] === owner[start]) end += 1;
      const text = letters.slice(start, end).join('');
      const slot = owner[start] && (SLOTS.has(owner[start][0]) ? owner[start][0] : 'other');
      parts.push(slot ? Dom.make('mark', { class: `slot ${slot}`, title: SLOTS.get(slot) || '', text }) : text);
      start = end;
    }
    return Dom.make('blockquote', { dir: 'auto' }, parts);
  }

  function name(node, go) {
    return Dom.button(Model.label(node), () => go({ node }), { class: 'name-link' });
  }

  function when(s) {
    if (s.earliest && s.earliest === s.latest) return s.earliest;
    if (s.earliest || s.latest) return `${s.time ? `${s.time} ` : ''}(${s.earliest || '…'} – ${s.latest || '…'})`;
    return s.time;
  }

  function speaker(s, go) {
    if (s.speaker === null) return null;
    const how = [s.manner, s.cue && `“${s.cue}”`].filter(Boolean).join(', ');
    const chain = s.chain.flatMap((node) => [', as told by ', name(node, go)]);
    return Dom.make(
      'p',
      { class: 'speaker' },
      'According to ',
      name(s.speaker, go),
      chain,
      how && Dom.make('span', { class: 'quiet', text: ` (${how})` }),
    );
  }

  function details(s, go) {
    const rows = [
      [when(s), 'When'],
      [s.place !== null && name(s.place, go), 'Where'],
      [s.theme !== null && name(s.theme, go), 'What'],
    ].filter(([value]) => value);
    return rows.length
      ? Dom.make(
          'dl',
          { class: 'facts' },
          rows.map(([value, title]) => Dom.make('div', {}, Dom.make('dt', { text: title }), Dom.make('dd', {}, value))),
        )
      : null;
  }

  function source(s) {
    const article = Model.documents[s.document];
    const title = Model.articleTitle(s.document);
    return Dom.make(
      'p',
      { class: 'source' },
      Dom.make('span', { class: 'publisher', text: Model.publisher(s.document) }),
      Dom.webAddress(article.url)
        ? Dom.link(article.url, title, { class: 'original', title: 'Open the original' })
        : Dom.make('cite', { text: title }),
      article.published && Dom.make('time', { datetime: article.published, text: article.published }),
      article.reference && Dom.make('span', { class: 'quiet reference', text: `after ${article.reference}` }),
    );
  }

  /** One statement with its evidence. `said` shows who does what to whom, where the heading doesn't say it. */
  function card(s, go, said = false) {
    const status = Look.STATUS.get(s.status);
    return Dom.make(
      'article',
      { class: `card ${s.status}`, 'data-statement': s.id },
      Dom.make(
        'header',
        {},
        Dom.make('span', { class: 'badge-status', title: status.hint }, Look.line(s.status), status.label),
        s.sources > 1 && Dom.make('span', { class: 'quiet', text: `${s.sources} independent sources` }),
      ),
      said &&
        Dom.make(
          'p',
          { class: 'said' },
          name(s.subject, go),
          ` ${Model.relationLabel(s.relation)} `,
          s.object !== null && name(s.object, go),
        ),
      sentence(s),
      speaker(s, go),
      details(s, go),
      source(s),
      Dom.make(
        'footer',
        {},
        Dom.button('Cite', () => Exports.copy(Exports.citation(s), 'Citation'), { class: 'plain small', icon: 'copy' }),
        Dom.button('Turtle', () => Exports.copy(Exports.turtle([s]), 'Turtle'), { class: 'plain small', icon: 'copy' }),
      ),
    );
  }

  /** Cards, the first few at once and the rest on demand. */
  function cards(statements, go, said = false) {
    const box = Dom.make('div', { class: 'cards' });
    let shown = 0;
    const more = Dom.button('', () => grow(), { class: 'plain more' });
    function grow() {
      for (const s of statements.slice(shown, shown + FEW)) more.before(card(s, go, said));
      shown = Math.min(shown + FEW, statements.length);
      more.textContent = `Show ${Math.min(FEW, statements.length - shown)} more of ${Dom.number(statements.length - shown)}`;
      more.hidden = shown >= statements.length;
    }
    box.append(more);
    grow();
    return box;
  }

  const order = (a, b) =>
    Views.STATUSES.indexOf(a.status) - Views.STATUSES.indexOf(b.status) ||
    b.sources - a.sources ||
    (a.first ?? 0) - (b.first ?? 0) ||
    a.number - b.number;

  /** Statements of one relation between two: what is denied stands beside what is stated. */
  function group(statements, go) {
    const sorted = [...statements].sort(order);
    const denied = sorted.filter((s) => s.status === 'negated');
    if (!denied.length || denied.length === sorted.length) return cards(sorted, go);
    const column = (title, list) =>
      Dom.make('div', {}, Dom.make('h3', { text: `${title} (${list.length})` }), cards(list, go));
    return Dom.make(
      'div',
      { class: 'versus' },
      column(
        'Stated',
        sorted.filter((s) => s.status !== 'negated'),
      ),
      column('Denied', denied),
    );
  }

  return Object.freeze({ card, cards, group, name, when, order, sentence });
})();
