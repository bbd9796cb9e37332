'use strict';

/**
 * The data of the page, filled in and indexed. Entities, edges, statements and articles are known by their position in their table; the
 * keys that stand in addresses are looked up in Maps, so that no name of an article can be mistaken for a property of an object.
 */
const Model = (() => {
  const raw = JSON.parse(document.getElementById('data').textContent);
  const nodes = raw.nodes.map((node) => ({
    aliases: [],
    reasons: [],
    subtype: null,
    country: null,
    link: null,
    unnamed: false,
    community: null,
    ...node,
  }));
  const families = new Map(raw.families.map((family) => [family.name, family]));
  const relations = new Map(raw.relations.map((relation) => [relation.name, { symmetric: false, ...relation }]));
  const documents = raw.documents.map((document) => ({
    title: null,
    publisher: null,
    published: null,
    url: null,
    reference: null,
    ...document,
  }));
  const edges = raw.edges.map((edge, number) => ({ ...edge, statements: [], sources: raw.sources[number] }));
  const byKey = new Map(nodes.map((node) => [node.key, node.id]));
  const edgeNames = new Map();

  const column = Object.fromEntries(raw.statements.columns.map((name, at) => [name, at]));
  const days = new Map();
  const statements = raw.statements.rows.map(made);
  /** For each entity, the numbers of the statements that name it. */
  const told = nodes.map(() => []);
  for (const statement of statements) index(statement);

  /** A statement of a row of the table; `first` and `last` are its days, or its article's. */
  function made(row, number) {
    const document = documents[row[column.document]];
    const dated = row[column.earliest] || row[column.latest];
    return {
      number,
      id: row[column.id],
      subject: row[column.subject],
      relation: row[column.relation],
      object: row[column.object],
      theme: row[column.theme],
      place: row[column.place],
      earliest: row[column.earliest],
      latest: row[column.latest],
      time: row[column.time],
      status: row[column.status],
      modality: row[column.modality],
      speaker: row[column.speaker],
      chain: row[column.chain],
      manner: row[column.manner],
      cue: row[column.cue],
      edge: row[column.edge],
      document: row[column.document],
      text: raw.sentences[row[column.sentence]],
      slots: row[column.slots],
      span: row[column.span],
      group: row[column.group],
      sources: row[column.sources],
      family: relations.get(row[column.relation]).family,
      first: knownDay(dated ? row[column.earliest] : document.published),
      last: knownDay(dated ? row[column.latest] : document.published),
    };
  }

  function knownDay(iso) {
    if (!days.has(iso)) days.set(iso, day(iso));
    return days.get(iso);
  }

  function index(statement) {
    const named = [
      statement.subject,
      statement.object,
      statement.theme,
      statement.place,
      statement.speaker,
      ...statement.chain,
    ];
    named.forEach((node, at) => {
      if (node !== null && named.indexOf(node) === at) told[node].push(statement.number);
    });
    if (statement.edge !== null) edges[statement.edge].statements.push(statement.number);
  }

  /** Days since 1970 of an ISO date, null for none. */
  function day(iso) {
    const [year, month, date] = (iso || '').split('-').map(Number);
    if (!date) return null;
    const moment = new Date(Date.UTC(2000, month - 1, date));
    moment.setUTCFullYear(year);
    return Math.round(moment.getTime() / 864e5);
  }

  const isoDay = (value) => new Date(value * 864e5).toISOString().slice(0, 10);

  /** What names an edge in an address: keys of its ends, and its relation. */
  function edgeName(edge) {
    return JSON.stringify([nodes[edge.from].key, edge.relation, nodes[edge.to].key]);
  }

  /** The edge of a name, null if there is none. */
  function edgeNamed(name) {
    if (name && !edgeNames.size) for (const edge of edges) edgeNames.set(edgeName(edge), edge.id);
    return edgeNames.get(name) ?? null;
  }

  const label = (node) => nodes[node].label;
  const relationLabel = (name) => relations.get(name).label;
  const familyOf = (name) => families.get(name);
  const publisher = (document) => documents[document].publisher || 'Unknown publisher';
  const articleTitle = (document) => documents[document].title || documents[document].source || 'Untitled article';

  return Object.freeze({
    title: raw.title,
    base: raw.base,
    first: raw.first,
    omitted: raw.omitted,
    nodes,
    edges,
    statements,
    documents,
    relations,
    families,
    told,
    byKey,
    edgeNamed,
    edgeName,
    day,
    isoDay,
    label,
    relationLabel,
    familyOf,
    publisher,
    articleTitle,
  });
})();
