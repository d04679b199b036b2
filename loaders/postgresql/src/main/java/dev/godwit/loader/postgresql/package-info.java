/** Writes PostgreSQL. */
package dev.godwit.loader.postgresql;
