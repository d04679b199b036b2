/** The way to a server: options, login, what it can do, why it does not answer. */
package dev.godwit.extractor.mongodb.session;
