/** Reading one database: which tables, at which instant, in which slices, row by row. */
package dev.godwit.extractor.postgresql.read;
