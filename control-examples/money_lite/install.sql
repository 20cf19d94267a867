-- money_lite 1.0: formats amounts of money with two digits, whatever the currency
\echo Use "SELECT pg_extension_install('money_lite')" to install this package. \quit

-- What currency_format promises: format_amount(numeric, text).
CREATE FUNCTION format_amount(amount numeric, code text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN regexp_replace(
		regexp_replace(round(amount, 2)::text, '([0-9])(?=(?:[0-9]{3})+\.)', '\1,', 'g'),
		'$', ' ' || upper(code));
COMMENT ON FUNCTION format_amount(numeric, text) IS 'writes "1,234.50 EUR"';
