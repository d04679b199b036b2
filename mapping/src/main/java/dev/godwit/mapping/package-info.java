/** What becomes of the records of one kind of store in another. */
package dev.godwit.mapping;
