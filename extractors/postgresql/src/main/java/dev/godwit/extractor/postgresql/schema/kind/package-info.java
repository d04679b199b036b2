/** The kinds of object of a PostgreSQL database: how each is listed and defined. */
package dev.godwit.extractor.postgresql.schema.kind;
