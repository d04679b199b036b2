/** What a database is made of: collections, views, indexes, users and roles. */
package dev.godwit.extractor.mongodb.schema;
