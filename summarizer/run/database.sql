-- Records as they are, then what is in them as tables: one row for each thing in each article,
-- and `people` and `events` for what several articles have in common.

CREATE TABLE records (
    position INTEGER PRIMARY KEY, uri TEXT, article_id TEXT NOT NULL, record TEXT NOT NULL
);

CREATE TABLE articles (
    id INTEGER PRIMARY KEY REFERENCES records (position),
    title TEXT, uri TEXT, publisher TEXT, published TEXT, language TEXT
);

CREATE TABLE people (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, type TEXT NOT NULL, country TEXT,
    articles INTEGER NOT NULL
);

CREATE TABLE persons (
    id INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles (id),
    who INTEGER REFERENCES people (id),
    person TEXT NOT NULL,
    name TEXT NOT NULL, type TEXT NOT NULL, role TEXT, rank TEXT, organization TEXT,
    country TEXT, country_text TEXT
);

CREATE TABLE events (
    id INTEGER PRIMARY KEY, title TEXT NOT NULL, status TEXT NOT NULL, kind TEXT NOT NULL,
    mode TEXT NOT NULL, date TEXT, first_day TEXT, last_day TEXT, place TEXT,
    articles INTEGER NOT NULL, differing TEXT
);

CREATE TABLE meetings (
    id INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles (id),
    event INTEGER REFERENCES events (id),
    meeting TEXT NOT NULL,
    title TEXT NOT NULL, status TEXT NOT NULL, kind TEXT NOT NULL, mode TEXT NOT NULL,
    date TEXT, date_text TEXT, first_day TEXT, last_day TEXT, place TEXT, place_country TEXT
);

CREATE TABLE participants (
    meeting INTEGER NOT NULL REFERENCES meetings (id),
    person INTEGER NOT NULL REFERENCES persons (id),
    PRIMARY KEY (meeting, person)
) WITHOUT ROWID;

CREATE TABLE topics (
    id INTEGER PRIMARY KEY, meeting INTEGER NOT NULL REFERENCES meetings (id), text TEXT NOT NULL
);

CREATE TABLE outcomes (
    id INTEGER PRIMARY KEY, meeting INTEGER NOT NULL REFERENCES meetings (id), text TEXT NOT NULL
);

CREATE TABLE statements (
    id INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles (id),
    meeting INTEGER REFERENCES meetings (id),
    speaker INTEGER REFERENCES persons (id),
    addressee INTEGER REFERENCES persons (id),
    statement TEXT NOT NULL, quote_type TEXT NOT NULL, said TEXT NOT NULL, quoted TEXT,
    cue TEXT, speaker_mention TEXT, gist TEXT, confidence REAL,
    first_character INTEGER NOT NULL, last_character INTEGER NOT NULL
);

CREATE TABLE statement_topics (
    statement INTEGER NOT NULL REFERENCES statements (id), topic TEXT NOT NULL,
    PRIMARY KEY (statement, topic)
) WITHOUT ROWID;

CREATE TABLE checks (
    id INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles (id),
    code TEXT NOT NULL, severity TEXT NOT NULL, field TEXT NOT NULL, message TEXT NOT NULL
);

CREATE VIRTUAL TABLE statements_fts USING fts5 (
    said, content="statements", content_rowid="id", tokenize="unicode61 remove_diacritics 2"
);

CREATE INDEX persons_of_article ON persons (article);
CREATE INDEX persons_who ON persons (who);
CREATE INDEX meetings_of_article ON meetings (article);
CREATE INDEX meetings_of_event ON meetings (event);
CREATE INDEX participants_person ON participants (person);
CREATE INDEX topics_of_meeting ON topics (meeting);
CREATE INDEX outcomes_of_meeting ON outcomes (meeting);
CREATE INDEX statements_of_article ON statements (article);
CREATE INDEX statements_of_meeting ON statements (meeting);
CREATE INDEX statements_by_speaker ON statements (speaker);
CREATE INDEX checks_of_article ON checks (article);

CREATE VIEW meetings_reported AS
SELECT
    m.id AS meeting, m.event, m.status, m.kind, m.mode, m.date, m.first_day, m.last_day,
    m.date_text, m.place, m.place_country,
    (SELECT group_concat(name, '; ') FROM (
        SELECT p.name FROM participants x JOIN persons p ON p.id = x.person
        WHERE x.meeting = m.id ORDER BY p.id
    )) AS participants,
    (SELECT group_concat(text, '; ') FROM (
        SELECT text FROM topics WHERE meeting = m.id ORDER BY id
    )) AS topics,
    (SELECT group_concat(text, '; ') FROM (
        SELECT text FROM outcomes WHERE meeting = m.id ORDER BY id
    )) AS outcomes,
    e.articles AS reported_by, e.differing,
    m.article, a.title, a.uri, a.publisher, a.published
FROM meetings m JOIN articles a ON a.id = m.article JOIN events e ON e.id = m.event
ORDER BY m.id;

CREATE VIEW who_took_part AS
SELECT
    m.id AS meeting, m.event, p.who, p.name, p.type, p.role, p.rank, p.organization, p.country,
    p.country_text, m.status, m.date, m.first_day, m.last_day, m.place, m.article, a.title, a.uri
FROM participants x
JOIN meetings m ON m.id = x.meeting
JOIN persons p ON p.id = x.person
JOIN articles a ON a.id = m.article
ORDER BY m.id, p.id;

CREATE VIEW who_said_what AS
SELECT
    s.id AS statement, p.who, w.name AS speaker, p.role, p.country, s.quote_type, s.said, s.quoted,
    (SELECT group_concat(topic, '; ') FROM (
        SELECT topic FROM statement_topics WHERE statement = s.id ORDER BY topic
    )) AS topics,
    s.confidence, s.cue, s.speaker_mention, to_.name AS addressee, s.meeting, m.event, m.date,
    m.first_day, m.last_day, s.article, a.title, a.uri, a.published, s.first_character,
    s.last_character
FROM statements s
JOIN articles a ON a.id = s.article
LEFT JOIN persons p ON p.id = s.speaker
LEFT JOIN people w ON w.id = p.who
LEFT JOIN persons to_ ON to_.id = s.addressee
LEFT JOIN meetings m ON m.id = s.meeting
ORDER BY s.id;

CREATE VIEW who_met_whom AS
WITH present AS (
    SELECT DISTINCT m.event, p.who
    FROM participants x JOIN meetings m ON m.id = x.meeting JOIN persons p ON p.id = x.person
    WHERE p.type <> 'group'
)
SELECT
    e.id AS event, one.who AS one_id, a.name AS one, a.country AS one_country,
    other.who AS other_id, b.name AS other, b.country AS other_country,
    e.date, e.first_day, e.last_day, e.place, e.kind, e.mode, e.articles AS reported_by
FROM events e
JOIN present one ON one.event = e.id
JOIN present other ON other.event = e.id AND other.who > one.who
JOIN people a ON a.id = one.who
JOIN people b ON b.id = other.who
WHERE e.status = 'held'
ORDER BY e.id, one.who, other.who;
