-- currency 1.0 to 1.1: withdrawn currencies, formats, ratios, minimum and maximum, shares
ALTER TABLE currency_code_list ADD COLUMN withdrawn date;
COMMENT ON COLUMN currency_code_list.withdrawn
	IS 'first day on which it was no legal tender any more';

-- A code that a user added before is one of the standard's now.
INSERT INTO currency_code_list (standard, code, numeric_code, minor_digits, name, withdrawn) VALUES
	(true, 'BGN', 975, 2, 'Bulgarian Lev', '2026-01-01'),
	(true, 'HRK', 191, 2, 'Kuna', '2023-01-01'),
	(true, 'XCG', 532, 2, 'Caribbean Guilder', NULL),
	(true, 'ZWG', 924, 2, 'Zimbabwe Gold', NULL)
	ON CONFLICT (code) DO UPDATE
		SET standard = excluded.standard, numeric_code = excluded.numeric_code,
			minor_digits = excluded.minor_digits, name = excluded.name,
			withdrawn = excluded.withdrawn;

--
-- Since 1.1
--
CREATE FUNCTION currency_ratio(a currency, b currency) RETURNS numeric
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN currency_common_code((a).code::text, (b).code::text) IS NOT NULL
	THEN (a).amount / (b).amount END;

CREATE OPERATOR / (FUNCTION = currency_ratio, LEFTARG = currency, RIGHTARG = currency);

CREATE FUNCTION currency_smaller(a currency, b currency) RETURNS currency
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN ROW(LEAST((a).amount, (b).amount), currency_common_code((a).code::text, (b).code::text))::currency;

CREATE FUNCTION currency_larger(a currency, b currency) RETURNS currency
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN ROW(GREATEST((a).amount, (b).amount), currency_common_code((a).code::text, (b).code::text))::currency;

-- No sort operator: the order of the index is another one across currencies,
-- where these have to fail.
CREATE AGGREGATE min(currency) (
	SFUNC = currency_smaller, STYPE = currency, COMBINEFUNC = currency_smaller, PARALLEL = SAFE
);
COMMENT ON AGGREGATE min(currency)
	IS 'the smallest, if all amounts are of one currency; else an error';
CREATE AGGREGATE max(currency) (
	SFUNC = currency_larger, STYPE = currency, COMBINEFUNC = currency_larger, PARALLEL = SAFE
);
COMMENT ON AGGREGATE max(currency)
	IS 'the largest, if all amounts are of one currency; else an error';

-- What currency_format promises: format_amount(numeric, text).
CREATE FUNCTION format_amount(amount numeric, code text) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE
RETURN (
	SELECT CASE WHEN r.amount < numeric '0' THEN '-' ELSE '' END
			|| regexp_replace(trunc(abs(r.amount))::text, '([0-9])(?=(?:[0-9]{3})+$)', '\1,', 'g')
			|| COALESCE(substring(r.amount::text FROM '\..*$'), '')
			|| ' ' || r.code::text
	FROM currency_round(currency(format_amount.amount, format_amount.code)) AS r (amount, code)
);
COMMENT ON FUNCTION format_amount(numeric, text)
	IS 'writes "1,234.50 EUR", rounded to the minor unit';

CREATE FUNCTION currency_format(value currency) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE
RETURN format_amount((value).amount, (value).code::text);
COMMENT ON FUNCTION currency_format(currency) IS 'writes "1,234.50 EUR", rounded to the minor unit';

-- Whole units in shares that differ by one at most, the larger ones first.
CREATE FUNCTION currency_split(units numeric, shares integer) RETURNS SETOF numeric
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF shares < 1 THEN
		RAISE EXCEPTION 'number of shares must be greater than zero'
			USING ERRCODE = 'invalid_parameter_value';
	END IF;
	RETURN QUERY
		SELECT div(units, shares)
				+ CASE WHEN i <= abs(mod(units, shares)) THEN sign(units) ELSE 0 END
			FROM generate_series(1, shares) AS i;
END
$$;

-- The shares add up to the amount, to the last digit.  The unit is the minor
-- unit of the currency, or the last digit of the amount if that is finer.
CREATE FUNCTION currency_allocate(value currency, shares integer) RETURNS SETOF currency
LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT ROW(round(s.units / d.units, d.digits), (value).code)::currency
	FROM (SELECT e.digits, power(numeric '10', e.digits::numeric)
			FROM GREATEST(currency_minor_digits((value).code::text), scale((value).amount)) AS e (digits)
		) AS d (digits, units),
		currency_split((value).amount * d.units, shares) AS s (units);
END;
COMMENT ON FUNCTION currency_allocate(currency, integer)
	IS 'splits an amount into shares without losing a cent';
