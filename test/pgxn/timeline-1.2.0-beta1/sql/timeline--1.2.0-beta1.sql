CREATE TABLE point (at timestamptz);
