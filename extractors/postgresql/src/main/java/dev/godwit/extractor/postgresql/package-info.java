/** Reads PostgreSQL. */
package dev.godwit.extractor.postgresql;
