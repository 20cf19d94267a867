-- currency 1.0: a type for amounts of money, its arithmetic, its order, and ISO 4217
\echo Use "SELECT pg_extension_install('currency')" to install this package. \quit

-- Bodies of functions are SQL-standard ones where they name anything of this
-- package: they are bound to it here, so search_path cannot lead them astray,
-- and the package stays relocatable.  The PL/pgSQL functions name nothing but
-- what is in pg_catalog, and either say so or pin search_path.  While a body is
-- bound, the types of arguments are exactly those of the built-in function or
-- operator meant: a better match in the schema of this package would win.

--
-- Types
--
CREATE DOMAIN currency_code AS text COLLATE "C"
	CONSTRAINT currency_code_check CHECK (VALUE ~ '^[A-Z]{3}$');
COMMENT ON DOMAIN currency_code IS 'three capital letters, as in ISO 4217';

CREATE TYPE currency AS (
	amount numeric,
	code currency_code
);
COMMENT ON TYPE currency IS 'an amount of money and its currency';

--
-- Currencies.  Rows that users add have standard = false, and are dumped.
--
CREATE TABLE currency_code_list (
	code currency_code PRIMARY KEY,
	numeric_code smallint CHECK (numeric_code BETWEEN 0 AND 999),
	minor_digits smallint CHECK (minor_digits BETWEEN 0 AND 18),
	name text NOT NULL,
	standard boolean NOT NULL DEFAULT false
);
COMMENT ON TABLE currency_code_list
	IS 'currencies: ISO 4217, and what users add (standard = false)';
COMMENT ON COLUMN currency_code_list.minor_digits
	IS 'digits after the decimal point; NULL where there is no minor unit';
SELECT pg_catalog.pg_extension_config_dump('currency_code_list', 'WHERE NOT standard');

-- A trusted package belongs to a superuser: whoever installs it may add codes.
GRANT SELECT ON currency_code_list TO PUBLIC;
GRANT INSERT, UPDATE, DELETE ON currency_code_list TO @extowner@;

INSERT INTO currency_code_list (standard, code, numeric_code, minor_digits, name) VALUES
	(true, 'AED', 784, 2, 'UAE Dirham'),
	(true, 'AFN', 971, 2, 'Afghani'),
	(true, 'ALL', 8, 2, 'Lek'),
	(true, 'AMD', 51, 2, 'Armenian Dram'),
	(true, 'AOA', 973, 2, 'Kwanza'),
	(true, 'ARS', 32, 2, 'Argentine Peso'),
	(true, 'AUD', 36, 2, 'Australian Dollar'),
	(true, 'AWG', 533, 2, 'Aruban Florin'),
	(true, 'AZN', 944, 2, 'Azerbaijan Manat'),
	(true, 'BAM', 977, 2, 'Convertible Mark'),
	(true, 'BBD', 52, 2, 'Barbados Dollar'),
	(true, 'BDT', 50, 2, 'Taka'),
	(true, 'BHD', 48, 3, 'Bahraini Dinar'),
	(true, 'BIF', 108, 0, 'Burundi Franc'),
	(true, 'BMD', 60, 2, 'Bermudian Dollar'),
	(true, 'BND', 96, 2, 'Brunei Dollar'),
	(true, 'BOB', 68, 2, 'Boliviano'),
	(true, 'BOV', 984, 2, 'Mvdol'),
	(true, 'BRL', 986, 2, 'Brazilian Real'),
	(true, 'BSD', 44, 2, 'Bahamian Dollar'),
	(true, 'BTN', 64, 2, 'Ngultrum'),
	(true, 'BWP', 72, 2, 'Pula'),
	(true, 'BYN', 933, 2, 'Belarusian Ruble'),
	(true, 'BZD', 84, 2, 'Belize Dollar'),
	(true, 'CAD', 124, 2, 'Canadian Dollar'),
	(true, 'CDF', 976, 2, 'Congolese Franc'),
	(true, 'CHE', 947, 2, 'WIR Euro'),
	(true, 'CHF', 756, 2, 'Swiss Franc'),
	(true, 'CHW', 948, 2, 'WIR Franc'),
	(true, 'CLF', 990, 4, 'Unidad de Fomento'),
	(true, 'CLP', 152, 0, 'Chilean Peso'),
	(true, 'CNY', 156, 2, 'Yuan Renminbi'),
	(true, 'COP', 170, 2, 'Colombian Peso'),
	(true, 'COU', 970, 2, 'Unidad de Valor Real'),
	(true, 'CRC', 188, 2, 'Costa Rican Colon'),
	(true, 'CUP', 192, 2, 'Cuban Peso'),
	(true, 'CVE', 132, 2, 'Cabo Verde Escudo'),
	(true, 'CZK', 203, 2, 'Czech Koruna'),
	(true, 'DJF', 262, 0, 'Djibouti Franc'),
	(true, 'DKK', 208, 2, 'Danish Krone'),
	(true, 'DOP', 214, 2, 'Dominican Peso'),
	(true, 'DZD', 12, 2, 'Algerian Dinar'),
	(true, 'EGP', 818, 2, 'Egyptian Pound'),
	(true, 'ERN', 232, 2, 'Nakfa'),
	(true, 'ETB', 230, 2, 'Ethiopian Birr'),
	(true, 'EUR', 978, 2, 'Euro'),
	(true, 'FJD', 242, 2, 'Fiji Dollar'),
	(true, 'FKP', 238, 2, 'Falkland Islands Pound'),
	(true, 'GBP', 826, 2, 'Pound Sterling'),
	(true, 'GEL', 981, 2, 'Lari'),
	(true, 'GHS', 936, 2, 'Ghana Cedi'),
	(true, 'GIP', 292, 2, 'Gibraltar Pound'),
	(true, 'GMD', 270, 2, 'Dalasi'),
	(true, 'GNF', 324, 0, 'Guinean Franc'),
	(true, 'GTQ', 320, 2, 'Quetzal'),
	(true, 'GYD', 328, 2, 'Guyana Dollar'),
	(true, 'HKD', 344, 2, 'Hong Kong Dollar'),
	(true, 'HNL', 340, 2, 'Lempira'),
	(true, 'HTG', 332, 2, 'Gourde'),
	(true, 'HUF', 348, 2, 'Forint'),
	(true, 'IDR', 360, 2, 'Rupiah'),
	(true, 'ILS', 376, 2, 'New Israeli Sheqel'),
	(true, 'INR', 356, 2, 'Indian Rupee'),
	(true, 'IQD', 368, 3, 'Iraqi Dinar'),
	(true, 'IRR', 364, 2, 'Iranian Rial'),
	(true, 'ISK', 352, 0, 'Iceland Krona'),
	(true, 'JMD', 388, 2, 'Jamaican Dollar'),
	(true, 'JOD', 400, 3, 'Jordanian Dinar'),
	(true, 'JPY', 392, 0, 'Yen'),
	(true, 'KES', 404, 2, 'Kenyan Shilling'),
	(true, 'KGS', 417, 2, 'Som'),
	(true, 'KHR', 116, 2, 'Riel'),
	(true, 'KMF', 174, 0, 'Comorian Franc'),
	(true, 'KPW', 408, 2, 'North Korean Won'),
	(true, 'KRW', 410, 0, 'Won'),
	(true, 'KWD', 414, 3, 'Kuwaiti Dinar'),
	(true, 'KYD', 136, 2, 'Cayman Islands Dollar'),
	(true, 'KZT', 398, 2, 'Tenge'),
	(true, 'LAK', 418, 2, 'Lao Kip'),
	(true, 'LBP', 422, 2, 'Lebanese Pound'),
	(true, 'LKR', 144, 2, 'Sri Lanka Rupee'),
	(true, 'LRD', 430, 2, 'Liberian Dollar'),
	(true, 'LSL', 426, 2, 'Loti'),
	(true, 'LYD', 434, 3, 'Libyan Dinar'),
	(true, 'MAD', 504, 2, 'Moroccan Dirham'),
	(true, 'MDL', 498, 2, 'Moldovan Leu'),
	(true, 'MGA', 969, 2, 'Malagasy Ariary'),
	(true, 'MKD', 807, 2, 'Denar'),
	(true, 'MMK', 104, 2, 'Kyat'),
	(true, 'MNT', 496, 2, 'Tugrik'),
	(true, 'MOP', 446, 2, 'Pataca'),
	(true, 'MRU', 929, 2, 'Ouguiya'),
	(true, 'MUR', 480, 2, 'Mauritius Rupee'),
	(true, 'MVR', 462, 2, 'Rufiyaa'),
	(true, 'MWK', 454, 2, 'Malawi Kwacha'),
	(true, 'MXN', 484, 2, 'Mexican Peso'),
	(true, 'MXV', 979, 2, 'Mexican Unidad de Inversion'),
	(true, 'MYR', 458, 2, 'Malaysian Ringgit'),
	(true, 'MZN', 943, 2, 'Mozambique Metical'),
	(true, 'NAD', 516, 2, 'Namibia Dollar'),
	(true, 'NGN', 566, 2, 'Naira'),
	(true, 'NIO', 558, 2, 'Cordoba Oro'),
	(true, 'NOK', 578, 2, 'Norwegian Krone'),
	(true, 'NPR', 524, 2, 'Nepalese Rupee'),
	(true, 'NZD', 554, 2, 'New Zealand Dollar'),
	(true, 'OMR', 512, 3, 'Rial Omani'),
	(true, 'PAB', 590, 2, 'Balboa'),
	(true, 'PEN', 604, 2, 'Sol'),
	(true, 'PGK', 598, 2, 'Kina'),
	(true, 'PHP', 608, 2, 'Philippine Peso'),
	(true, 'PKR', 586, 2, 'Pakistan Rupee'),
	(true, 'PLN', 985, 2, 'Zloty'),
	(true, 'PYG', 600, 0, 'Guarani'),
	(true, 'QAR', 634, 2, 'Qatari Rial'),
	(true, 'RON', 946, 2, 'Romanian Leu'),
	(true, 'RSD', 941, 2, 'Serbian Dinar'),
	(true, 'RUB', 643, 2, 'Russian Ruble'),
	(true, 'RWF', 646, 0, 'Rwanda Franc'),
	(true, 'SAR', 682, 2, 'Saudi Riyal'),
	(true, 'SBD', 90, 2, 'Solomon Islands Dollar'),
	(true, 'SCR', 690, 2, 'Seychelles Rupee'),
	(true, 'SDG', 938, 2, 'Sudanese Pound'),
	(true, 'SEK', 752, 2, 'Swedish Krona'),
	(true, 'SGD', 702, 2, 'Singapore Dollar'),
	(true, 'SHP', 654, 2, 'Saint Helena Pound'),
	(true, 'SLE', 925, 2, 'Leone'),
	(true, 'SOS', 706, 2, 'Somali Shilling'),
	(true, 'SRD', 968, 2, 'Surinam Dollar'),
	(true, 'SSP', 728, 2, 'South Sudanese Pound'),
	(true, 'STN', 930, 2, 'Dobra'),
	(true, 'SVC', 222, 2, 'El Salvador Colon'),
	(true, 'SYP', 760, 2, 'Syrian Pound'),
	(true, 'SZL', 748, 2, 'Lilangeni'),
	(true, 'THB', 764, 2, 'Baht'),
	(true, 'TJS', 972, 2, 'Somoni'),
	(true, 'TMT', 934, 2, 'Turkmenistan New Manat'),
	(true, 'TND', 788, 3, 'Tunisian Dinar'),
	(true, 'TOP', 776, 2, 'Pa''anga'),
	(true, 'TRY', 949, 2, 'Turkish Lira'),
	(true, 'TTD', 780, 2, 'Trinidad and Tobago Dollar'),
	(true, 'TWD', 901, 2, 'New Taiwan Dollar'),
	(true, 'TZS', 834, 2, 'Tanzanian Shilling'),
	(true, 'UAH', 980, 2, 'Hryvnia'),
	(true, 'UGX', 800, 0, 'Uganda Shilling'),
	(true, 'USD', 840, 2, 'US Dollar'),
	(true, 'USN', 997, 2, 'US Dollar (Next day)'),
	(true, 'UYI', 940, 0, 'Uruguay Peso en Unidades Indexadas'),
	(true, 'UYU', 858, 2, 'Peso Uruguayo'),
	(true, 'UYW', 927, 4, 'Unidad Previsional'),
	(true, 'UZS', 860, 2, 'Uzbekistan Sum'),
	(true, 'VED', 926, 2, 'Bolivar Digital'),
	(true, 'VES', 928, 2, 'Bolivar Soberano'),
	(true, 'VND', 704, 0, 'Dong'),
	(true, 'VUV', 548, 0, 'Vatu'),
	(true, 'WST', 882, 2, 'Tala'),
	(true, 'XAF', 950, 0, 'CFA Franc BEAC'),
	(true, 'XAG', 961, NULL, 'Silver'),
	(true, 'XAU', 959, NULL, 'Gold'),
	(true, 'XCD', 951, 2, 'East Caribbean Dollar'),
	(true, 'XDR', 960, NULL, 'SDR (Special Drawing Right)'),
	(true, 'XOF', 952, 0, 'CFA Franc BCEAO'),
	(true, 'XPD', 964, NULL, 'Palladium'),
	(true, 'XPF', 953, 0, 'CFP Franc'),
	(true, 'XPT', 962, NULL, 'Platinum'),
	(true, 'XTS', 963, NULL, 'Codes specifically reserved for testing purposes'),
	(true, 'XXX', 999, NULL, 'No currency involved'),
	(true, 'YER', 886, 2, 'Yemeni Rial'),
	(true, 'ZAR', 710, 2, 'Rand'),
	(true, 'ZMW', 967, 2, 'Zambian Kwacha');

--
-- Making and reading values
--
CREATE FUNCTION currency(amount numeric, code text) RETURNS currency
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN ROW(currency.amount, upper(currency.code))::currency;
COMMENT ON FUNCTION currency(numeric, text) IS 'an amount of money; the code is not looked up';

-- "12.50 EUR" in two parts.
CREATE FUNCTION currency_parts(value text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	part text[] := regexp_match(value, '^\s*([-+]?[0-9]+(?:\.[0-9]+)?)\s*([A-Za-z]{3})\s*$');
BEGIN
	IF part IS NULL THEN
		RAISE EXCEPTION 'invalid amount of money: "%"', value
			USING ERRCODE = 'invalid_text_representation',
				HINT = 'Write an amount and a currency, such as "12.50 EUR".';
	END IF;
	RETURN part;
END
$$;

CREATE FUNCTION currency_parse(value text) RETURNS currency
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (SELECT currency(p.part[1]::numeric, p.part[2]) FROM currency_parts(value) AS p (part));
COMMENT ON FUNCTION currency_parse(text) IS 'reads "12.50 EUR"';

CREATE FUNCTION currency_text(value currency) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (value).amount::text || ' ' || (value).code::text;
COMMENT ON FUNCTION currency_text(currency) IS 'writes "12.50 EUR", with all digits that there are';

CREATE FUNCTION currency_known(code text) RETURNS boolean
LANGUAGE sql STABLE STRICT PARALLEL SAFE
RETURN EXISTS (SELECT FROM currency_code_list AS c WHERE c.code::text = currency_known.code);
COMMENT ON FUNCTION currency_known(text) IS 'whether the table of currencies has the code';

CREATE FUNCTION currency_minor_digits(code text) RETURNS integer
LANGUAGE sql STABLE STRICT PARALLEL SAFE
RETURN (SELECT c.minor_digits FROM currency_code_list AS c WHERE c.code::text = currency_minor_digits.code);
COMMENT ON FUNCTION currency_minor_digits(text)
	IS 'digits after the decimal point; NULL for an unknown code';

-- Rounded half away from zero, as numeric does; unchanged without a minor unit.
CREATE FUNCTION currency_round(value currency) RETURNS currency
LANGUAGE sql STABLE STRICT PARALLEL SAFE
RETURN ROW(
	COALESCE(round((value).amount, currency_minor_digits((value).code::text)), (value).amount),
	(value).code)::currency;
COMMENT ON FUNCTION currency_round(currency) IS 'rounds to the minor unit of the currency';

--
-- Arithmetic, which refuses to mix currencies
--
CREATE FUNCTION currency_common_code(a text, b text) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF a <> b THEN
		RAISE EXCEPTION 'cannot mix currencies % and %', a, b
			USING ERRCODE = 'data_exception',
				HINT = 'Convert one of the amounts first.';
	END IF;
	RETURN a;
END
$$;
COMMENT ON FUNCTION currency_common_code(text, text)
	IS 'the code, if both are the same; else an error';

CREATE FUNCTION currency_add(a currency, b currency) RETURNS currency
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN ROW((a).amount + (b).amount, currency_common_code((a).code::text, (b).code::text))::currency;

CREATE FUNCTION currency_subtract(a currency, b currency) RETURNS currency
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN ROW((a).amount - (b).amount, currency_common_code((a).code::text, (b).code::text))::currency;

CREATE FUNCTION currency_negate(a currency) RETURNS currency
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN ROW(- (a).amount, (a).code)::currency;

CREATE FUNCTION currency_multiply(a currency, factor numeric) RETURNS currency
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN ROW((a).amount * factor, (a).code)::currency;

CREATE FUNCTION currency_multiply(factor numeric, a currency) RETURNS currency
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN ROW(factor * (a).amount, (a).code)::currency;

CREATE FUNCTION currency_divide(a currency, divisor numeric) RETURNS currency
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN ROW((a).amount / divisor, (a).code)::currency;

CREATE OPERATOR + (FUNCTION = currency_add, LEFTARG = currency, RIGHTARG = currency, COMMUTATOR = +);
CREATE OPERATOR - (FUNCTION = currency_subtract, LEFTARG = currency, RIGHTARG = currency);
CREATE OPERATOR - (FUNCTION = currency_negate, RIGHTARG = currency);
CREATE OPERATOR * (FUNCTION = currency_multiply, LEFTARG = currency, RIGHTARG = numeric, COMMUTATOR = *);
CREATE OPERATOR * (FUNCTION = currency_multiply, LEFTARG = numeric, RIGHTARG = currency, COMMUTATOR = *);
CREATE OPERATOR / (FUNCTION = currency_divide, LEFTARG = currency, RIGHTARG = numeric);

CREATE AGGREGATE sum(currency) (
	SFUNC = currency_add,
	STYPE = currency,
	COMBINEFUNC = currency_add,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE sum(currency) IS 'the sum, if all amounts are of one currency; else an error';

--
-- Order: by code, then by amount.  It never fails, so that a column of several
-- currencies can be sorted, grouped and indexed; a query that compares amounts
-- in such a column should name the code, too.
--
-- In PL/pgSQL, since the planner would inline the body of an SQL function, and
-- then see no operator that an index or a join could use.
--
CREATE FUNCTION currency_compare(a currency, b currency) RETURNS integer
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
	RETURN pg_catalog.btrecordcmp(ROW(a.code, a.amount), ROW(b.code, b.amount));
END
$$;

CREATE FUNCTION currency_hash(a currency) RETURNS integer
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
	RETURN pg_catalog.hash_record(ROW(a.code, a.amount));
END
$$;

CREATE FUNCTION currency_hash_extended(a currency, seed bigint) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
	RETURN pg_catalog.hash_record_extended(ROW(a.code, a.amount), seed);
END
$$;

CREATE FUNCTION currency_lt(a currency, b currency) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
	RETURN pg_catalog.record_lt(ROW(a.code, a.amount), ROW(b.code, b.amount));
END
$$;

CREATE FUNCTION currency_le(a currency, b currency) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
	RETURN pg_catalog.record_le(ROW(a.code, a.amount), ROW(b.code, b.amount));
END
$$;

CREATE FUNCTION currency_eq(a currency, b currency) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
	RETURN pg_catalog.record_eq(ROW(a.code, a.amount), ROW(b.code, b.amount));
END
$$;

CREATE FUNCTION currency_ne(a currency, b currency) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
	RETURN pg_catalog.record_ne(ROW(a.code, a.amount), ROW(b.code, b.amount));
END
$$;

CREATE FUNCTION currency_ge(a currency, b currency) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
	RETURN pg_catalog.record_ge(ROW(a.code, a.amount), ROW(b.code, b.amount));
END
$$;

CREATE FUNCTION currency_gt(a currency, b currency) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
	RETURN pg_catalog.record_gt(ROW(a.code, a.amount), ROW(b.code, b.amount));
END
$$;

CREATE OPERATOR < (
	FUNCTION = currency_lt, LEFTARG = currency, RIGHTARG = currency,
	COMMUTATOR = >, NEGATOR = >=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
CREATE OPERATOR <= (
	FUNCTION = currency_le, LEFTARG = currency, RIGHTARG = currency,
	COMMUTATOR = >=, NEGATOR = >, RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
CREATE OPERATOR = (
	FUNCTION = currency_eq, LEFTARG = currency, RIGHTARG = currency,
	COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES
);
CREATE OPERATOR <> (
	FUNCTION = currency_ne, LEFTARG = currency, RIGHTARG = currency,
	COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
CREATE OPERATOR >= (
	FUNCTION = currency_ge, LEFTARG = currency, RIGHTARG = currency,
	COMMUTATOR = <=, NEGATOR = <, RESTRICT = scalargesel, JOIN = scalargejoinsel
);
CREATE OPERATOR > (
	FUNCTION = currency_gt, LEFTARG = currency, RIGHTARG = currency,
	COMMUTATOR = <, NEGATOR = <=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);

CREATE OPERATOR CLASS currency_ops DEFAULT FOR TYPE currency USING btree AS
	OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
	FUNCTION 1 currency_compare(currency, currency);

CREATE OPERATOR CLASS currency_ops DEFAULT FOR TYPE currency USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 currency_hash(currency),
	FUNCTION 2 currency_hash_extended(currency, bigint);
