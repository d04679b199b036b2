/** A mapping written down, to be read, edited and given back. */
package dev.godwit.mapping.file;
