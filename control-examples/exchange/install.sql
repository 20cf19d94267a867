-- exchange 1.0: exchange rates by date, and conversion between currencies
\echo Use "SELECT pg_extension_install('exchange')" to install this package. \quit

CREATE TABLE @extschema@.rate (
	base currency_code NOT NULL,
	quote currency_code NOT NULL CHECK (quote::text <> base::text),
	valid_from date NOT NULL,
	rate numeric NOT NULL CHECK (rate > numeric '0' AND rate < numeric 'Infinity'),
	PRIMARY KEY (base, quote, valid_from)
);
COMMENT ON TABLE @extschema@.rate IS 'one unit of base costs rate units of quote, from that day on';
SELECT pg_catalog.pg_extension_config_dump('@extschema@.rate', '');

CREATE FUNCTION @extschema@.max_age() RETURNS interval
LANGUAGE sql STABLE PARALLEL SAFE
RETURN COALESCE(NULLIF(current_setting('exchange.max_age', true), '')::interval, '7 days');

CREATE FUNCTION @extschema@.pivot() RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN COALESCE(NULLIF(current_setting('exchange.pivot', true), ''), 'EUR');

-- Of this pair, in either direction, the rate that was newest on the day; NULL
-- when there is none, or only one that is too old.
CREATE FUNCTION @extschema@.direct_rate(base text, quote text, day date) RETURNS numeric
LANGUAGE sql STABLE STRICT PARALLEL SAFE
RETURN (
	SELECT CASE WHEN r.base::text = direct_rate.base THEN r.rate ELSE numeric '1' / r.rate END
	FROM @extschema@.rate AS r
	WHERE ((r.base::text = direct_rate.base AND r.quote::text = direct_rate.quote)
			OR (r.base::text = direct_rate.quote AND r.quote::text = direct_rate.base))
		AND r.valid_from <= day
		AND r.valid_from >= day - @extschema@.max_age()
	ORDER BY r.valid_from DESC, r.base::text = direct_rate.base DESC
	LIMIT 1
);

CREATE FUNCTION @extschema@.rate_on(base text, quote text, day date DEFAULT CURRENT_DATE)
RETURNS numeric
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	pivot text := @extschema@.pivot();
	found numeric;
BEGIN
	IF base = quote THEN
		RETURN 1;
	END IF;
	found := COALESCE(
		@extschema@.direct_rate(base, quote, day),
		@extschema@.direct_rate(base, pivot, day) * @extschema@.direct_rate(pivot, quote, day));
	IF found IS NULL THEN
		RAISE EXCEPTION 'no exchange rate from % to % on %', base, quote, day
			USING ERRCODE = 'no_data_found',
				DETAIL = format('Neither the pair nor both of them with %s have a rate from the %s before that day.',
								pivot, @extschema@.max_age()),
				HINT = 'Insert the rate into the table "rate", or set exchange.max_age or exchange.pivot.';
	END IF;
	RETURN found;
END
$$;
COMMENT ON FUNCTION @extschema@.rate_on(text, text, date)
	IS 'units of quote for one unit of base on that day; an error if unknown';

-- Bound to the package currency here, in whatever schema it is, and also after
-- it has moved to another.
CREATE FUNCTION @extschema@.convert(value currency, code text, day date DEFAULT CURRENT_DATE)
RETURNS currency
LANGUAGE sql STABLE STRICT PARALLEL SAFE
RETURN currency_round(currency(
	(value).amount * @extschema@.rate_on((value).code::text, upper(convert.code), day),
	convert.code));
COMMENT ON FUNCTION @extschema@.convert(currency, text, date)
	IS 'the amount in the other currency, rounded to its minor unit';
