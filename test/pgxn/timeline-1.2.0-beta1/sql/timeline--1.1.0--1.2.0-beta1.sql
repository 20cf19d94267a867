ALTER TABLE point ADD COLUMN since date;
