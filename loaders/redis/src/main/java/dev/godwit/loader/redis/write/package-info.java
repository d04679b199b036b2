/**
 * Writes keys. A string is set; any other value goes as a payload by {@code RESTORE}, which puts it
 * there whole. Where a server forbids that, or a payload cannot say the value, it goes by the
 * commands of its type within one transaction. A value of more than 8 MiB goes by these in pieces,
 * under another name that it is renamed from at the end: no half of a key is ever seen.
 */
package dev.godwit.loader.redis.write;
