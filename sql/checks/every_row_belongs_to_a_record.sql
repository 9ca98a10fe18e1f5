-- Parsed conversations and memories belong to a record that is there.
select record_key
from raw.conversations
anti join raw.records using (record_key)
union all
select record_key
from raw.memories
anti join raw.records using (record_key);
