CREATE TABLE public.l_public_t (a int);
GRANT SELECT ON l_public_t TO public;
