/** COPY: its bytes out of the server, rows out of the bytes, and the way back. */
package dev.godwit.extractor.postgresql.copy;
