/** Text and numbers as bytes, in buffers that are used again. */
package dev.godwit.mapping.bytes;
