/**
 * The typed form of a key's value, in which it lies in a vault.
 *
 * <p>A record has five columns: {@code key} (bytes), {@code type} (string, list, set, zset, hash,
 * stream, module), {@code expires} (UTC, null for never), {@code value} (the bytes of a string; the
 * payload of a module's value) and {@code elements} (JSON, of every other type). One of the last
 * two is null.
 *
 * <p>Why not the payload of {@code DUMP}: the same value has several payloads, by the server's
 * version, its settings and the key's history. So a payload says nothing of equality, is stored
 * anew when a setting changed, and is refused by a server older than its own. A payload can be made
 * from the typed form at any time, in encodings that every server since Redis 5 takes and turns
 * into its own; nothing that a client can see is lost on the way. Only what a module wrote stays a
 * payload: nobody else can read it.
 *
 * <p>The JSON of a type:
 *
 * <ul>
 *   <li>list: {@code ["a","b"]}, in its order
 *   <li>set: {@code ["a","b"]}, ordered by bytes
 *   <li>zset: {@code [["member",1.5],["other","Infinity"]]}, ordered by score, then by bytes
 *   <li>hash: {@code [["field","value"],["field","value",1700000000000]]}, ordered by the bytes of
 *       the field; a third part is the field's own expiry in milliseconds
 *   <li>stream: {@code {"entries":[["1-1",["field","value"]]],"last":"1-1","deleted":"0-0",
 *       "added":1,"groups":[{"name":"g","last":"1-1","read":1,
 *       "consumers":[{"name":"c","seen":1700000000000,"active":1700000000000}],
 *       "pending":[["1-1","c",1700000000000,1]]}]}}; what an older server does not know is left out
 * </ul>
 *
 * <p>A string is a JSON string where it is UTF-8 without a zero byte, else {@code
 * {"base64":"AP8="}}. So equal values have equal bytes, whatever server they come from.
 */
package dev.godwit.extractor.redis.value;
