-- queue_cascade 1.0: the queues stay, with what they have, as queues of their own
SELECT @extschema@.promote(queue) FROM @extschema@.node;
