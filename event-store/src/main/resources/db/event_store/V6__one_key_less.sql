-- An event is found by its place in its stream, which is unique. A second key on its id, two fifths of what the table's
-- indexes cost, told nothing more: ids are made where events are written, and who asks for one knows its place.
ALTER TABLE domain_event DROP CONSTRAINT domain_event_event_id_key;
