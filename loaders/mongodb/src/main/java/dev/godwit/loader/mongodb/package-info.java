/** Writes MongoDB. */
package dev.godwit.loader.mongodb;
