-- Sealing and forgetting is done for a tenant, too.
SELECT isolate_tenants('personal_key', 'SELECT, INSERT, DELETE');
