/** Reads MongoDB. */
package dev.godwit.extractor.mongodb;
