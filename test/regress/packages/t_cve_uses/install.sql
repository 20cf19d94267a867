/* leaves all to search_path */
CREATE TABLE t_cve_uses_seen AS SELECT 'a' ~=~ 'a' AS same, (SELECT count(*) FROM t_cve_list) AS listed;
