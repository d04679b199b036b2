/** Connections to PostgreSQL: options, passwords, settings of a session, the raw socket. */
package dev.godwit.extractor.postgresql.session;
