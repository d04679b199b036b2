/**
 * A hash of rows that does not depend on the engine they lie in, nor on their order, batches or
 * partitions: two datasets of equal fingerprints hold the same rows, the same number of times.
 *
 * <h2>Encoding</h2>
 *
 * A row is the concatenation of its values in the order of the columns; names do not count. A value
 * is a tag of one byte and what follows it, so that no two sequences of values have the same bytes.
 * Numbers are little-endian and signed.
 *
 * <table>
 * <caption>values</caption>
 * <tr><th>tag</th><th>value</th><th>what follows</th></tr>
 * <tr><td>0</td><td>null</td><td>nothing</td></tr>
 * <tr><td>1</td><td>boolean</td><td>1 byte, 0 or 1</td></tr>
 * <tr><td>2</td><td>exact number that is whole and fits 64 bits</td><td>8 bytes</td></tr>
 * <tr><td>3</td><td>any other exact number, without trailing zeros</td><td>scale (4 bytes), length
 *     (4), unscaled value in two's complement, big-endian, of the least length</td></tr>
 * <tr><td>4</td><td>floating point number</td><td>8 bytes: IEEE 754 bits as a double</td></tr>
 * <tr><td>5</td><td>text</td><td>length (4 bytes), UTF-8</td></tr>
 * <tr><td>6</td><td>bytes</td><td>length (4 bytes), the bytes</td></tr>
 * <tr><td>7</td><td>UUID</td><td>16 bytes, most significant first</td></tr>
 * <tr><td>8</td><td>date</td><td>days since 1970-01-01 (8 bytes)</td></tr>
 * <tr><td>9</td><td>time of day</td><td>microseconds (8 bytes), nanoseconds beyond (2)</td></tr>
 * <tr><td>10</td><td>local timestamp</td><td>microseconds since 1970-01-01 (8 bytes), nanoseconds
 *     beyond (2)</td></tr>
 * <tr><td>11</td><td>instant</td><td>as a local timestamp, in UTC</td></tr>
 * <tr><td>12</td><td>interval</td><td>months (4 bytes), days (4), nanoseconds (8)</td></tr>
 * <tr><td>13</td><td>list</td><td>count (4 bytes), each element as a value</td></tr>
 * <tr><td>14</td><td>struct</td><td>count (4 bytes), each member as a value</td></tr>
 * <tr><td>15</td><td>map</td><td>count (4 bytes), each key and its value as values, the entries in
 *     the order of their bytes, unsigned</td></tr>
 * <tr><td>16</td><td>misfit</td><td>length (4 bytes) and name of its kind in UTF-8, length (4) and
 *     bytes in the engine's notation</td></tr>
 * <tr><td>17</td><td>text or bytes of more than 8 MiB; of more than
 *     4 KiB in a very wide row</td><td>length (8 bytes), SHA-256 (32)</td></tr>
 * </table>
 *
 * <p>So values that mean the same are the same: 5 of 8 bits, of 64, unsigned, and the decimals 5.0
 * and 5.00, whether in a column of decimals or as text (reason: another engine keeps them in a
 * column of another width or scale). A float is widened, which is exact; all NaN are one, -0.0 and
 * 0.0 are two. JSON, and what only its engine understands, is text or bytes to the letter. Seconds
 * and milliseconds count as microseconds. A large value has the same bytes whether it came in its
 * row or ahead of it (reason: only its hash is known when its row comes); so have smaller ones, of
 * which some leave a row in which they are together more than {@link
 * dev.godwit.spi.record.LargeValue#MOST_IN_ROW}.
 *
 * <h2>Sum</h2>
 *
 * The hash of a row is XXH3-128 (seed 0) of its bytes. The fingerprint of a dataset is the number
 * of its rows and the sum of their hashes modulo 2^128. A sum and not an exclusive or: two equal
 * rows would cancel each other out. XXH3 is fast and finds accidents; it is no seal against someone
 * who makes rows on purpose.
 */
package dev.godwit.transfer.hash;
