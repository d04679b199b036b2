/** Reading collections: their division, the instant that is shown, batches of documents. */
package dev.godwit.extractor.mongodb.read;
