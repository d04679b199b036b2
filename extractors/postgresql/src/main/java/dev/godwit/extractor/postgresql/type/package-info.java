/** PostgreSQL's types: how each becomes an Arrow field, how its values are read and written. */
package dev.godwit.extractor.postgresql.type;
