DO $$ BEGIN RAISE EXCEPTION 'it stays' USING HINT = 'Wait.'; END $$;
