/** Schema objects: what a database holds beside rows, as statements that make it again. */
package dev.godwit.extractor.postgresql.schema;
