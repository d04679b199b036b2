/** What depends on what in a PostgreSQL database, and the order in which it can be made. */
package dev.godwit.extractor.postgresql.schema.graph;
