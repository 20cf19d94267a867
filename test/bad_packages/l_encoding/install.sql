CREATE TABLE l_encoding_t (
	a text DEFAULT 'café'
);
