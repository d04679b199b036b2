/** Raw BSON, looked at in place: nothing here makes a map of a document. */
package dev.godwit.extractor.mongodb.bson;
