'use strict';

/**
 * Which statements are shown. A facet without a choice lets all pass, choices of one facet add up, facets combine. The count beside a choice
 * says how many statements it would show, given all the other facets.
 */
const Filters = (() => {
  const SETS = ['relation', 'type', 'status', 'publisher', 'article', 'speaker'];
  /** The speaker of what an article says in its own voice. */
  const OWN_VOICE = -1;

  const none = () => ({
    relation: new Set(),
    type: new Set(),
    status: new Set(),
    publisher: new Set(),
    article: new Set(),
    speaker: new Set(),
    from: null,
    to: null,
    sources: 1,
    text: '',
    quiet: false,
  });

  /** Is anything filtered? */
  const active = (filters) =>
    SETS.some((name) => filters[name].size > 0) ||
    filters.from !== null ||
    filters.to !== null ||
    filters.sources > 1 ||
    filters.text !== '' ||
    filters.quiet;

  const fold = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  let folded = null;
  const foldedTexts = () =>
    (folded ||= Model.statements.map((s) =>
      fold(`${s.text} ${Model.label(s.subject)} ${s.object === null ? '' : Model.label(s.object)}`),
    ));

  const passesRelation = (set, s) => set.size === 0 || set.has(s.relation) || set.has(`family:${s.family}`);
  const passesType = (set, s) =>
    set.size === 0 ||
    (set.has(Model.nodes[s.subject].type) && (s.object === null || set.has(Model.nodes[s.object].type)));
  const passesSet = (set, value) => set.size === 0 || set.has(value);
  const speakerOf = (s) => (s.speaker === null ? OWN_VOICE : s.speaker);

  function passesTime(filters, s) {
    if (filters.from === null && filters.to === null) return true;
    if (s.first === null && s.last === null) return false;
    return (
      (filters.from === null || s.last === null || s.last >= filters.from) &&
      (filters.to === null || s.first === null || s.first <= filters.to)
    );
  }

  /** The facets that a statement fails, by name; null if it fails none, 'many' if more than one. */
  function failing(filters, words, s) {
    let failed = null;
    const fail = (name) => {
      failed = failed === null ? name : 'many';
    };
    if (!filters.quiet && Model.familyOf(s.family).quiet) return 'many';
    if (words && !foldedTexts()[s.number].includes(words)) return 'many';
    if (!passesRelation(filters.relation, s)) fail('relation');
    if (!passesType(filters.type, s)) fail('type');
    if (!passesSet(filters.status, s.status)) fail('status');
    if (!passesSet(filters.publisher, Model.publisher(s.document))) fail('publisher');
    if (!passesSet(filters.article, s.document)) fail('article');
    if (!passesSet(filters.speaker, speakerOf(s))) fail('speaker');
    if (!passesTime(filters, s)) fail('time');
    if (s.sources < filters.sources) fail('sources');
    return failed;
  }

  const bump = (map, key) => map.set(key, (map.get(key) || 0) + 1);

  function tally(counts, facet, s) {
    if (facet === 'relation') {
      bump(counts.relation, s.relation);
      bump(counts.relation, `family:${s.family}`);
    } else if (facet === 'type')
      for (const type of new Set([Model.nodes[s.subject].type, s.object === null ? null : Model.nodes[s.object].type]))
        bump(counts.type, type);
    else if (facet === 'status') bump(counts.status, s.status);
    else if (facet === 'publisher') bump(counts.publisher, Model.publisher(s.document));
    else if (facet === 'article') bump(counts.article, s.document);
    else if (facet === 'speaker') bump(counts.speaker, speakerOf(s));
    else if (facet === 'sources') for (const least of [1, 2, 3, 5]) if (s.sources >= least) bump(counts.sources, least);
  }

  const FACETS = [...SETS, 'sources'];

  /**
   * Statements that pass, counts for every choice of every facet, and the statements that pass all but the time filter.
   * @returns {{passing: object[], counts: Object<string, Map>, timed: object[]}}
   */
  function evaluate(filters) {
    const counts = Object.fromEntries(FACETS.map((name) => [name, new Map()]));
    const passing = [];
    const timed = [];
    const words = fold(filters.text.trim());
    for (const s of Model.statements) {
      const failed = failing(filters, words, s);
      if (failed === null) {
        passing.push(s);
        timed.push(s);
        for (const facet of FACETS) tally(counts, facet, s);
      } else if (failed === 'time') timed.push(s);
      else if (failed !== 'many') tally(counts, failed, s);
    }
    return { passing, counts, timed };
  }

  return Object.freeze({ none, active, evaluate, fold, SETS, OWN_VOICE });
})();
