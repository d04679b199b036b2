/**
 * The typed form of a key's value, in which it lies in a vault.
 *
 * <p>Its columns and the JSON of each type are those of {@link dev.godwit.spi.record.KeyValues}.
 *
 * <p>Why not the payload of {@code DUMP}: the same value has several payloads, by the server's
 * version, its settings and the key's history. So a payload says nothing of equality, is stored
 * anew when a setting changed, and is refused by a server older than its own. A payload can be made
 * from the typed form at any time, in encodings that every server since Redis 5 takes and turns
 * into its own; nothing that a client can see is lost on the way. Only what a module wrote stays a
 * payload: nobody else can read it.
 */
package dev.godwit.extractor.redis.value;
