/** What is said of objects of any kind: comments, owners, privileges, settings. */
package dev.godwit.extractor.postgresql.schema.said;
