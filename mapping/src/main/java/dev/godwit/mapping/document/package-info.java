/**
 * Rows as documents, and documents as rows: BSON is written straight from Arrow's vectors, and read
 * in place.
 */
package dev.godwit.mapping.document;
