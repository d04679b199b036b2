/**
 * Commands in pipelines: many are sent together, and each answer is looked at when it comes. The
 * bytes are laid down by us, since a client library would make several objects of each argument.
 *
 * @see <a href="https://redis.io/docs/latest/develop/reference/protocol-spec/">RESP2</a>
 */
package dev.godwit.loader.redis.wire;
